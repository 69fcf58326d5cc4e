/** One textual change that a good test suite has to notice. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

const replacements: readonly (readonly [RegExp, string])[] = [
  [/ <= /g, ' < '],
  [/ < /g, ' <= '],
  [/ >= /g, ' > '],
  [/ > /g, ' >= '],
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/Math\.max/g, 'Math.min'],
  [/Math\.min/g, 'Math.max'],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
];

/** What stands behind `??` in the planner satisfies the compiler and is never reached; types and comments do nothing. */
const inert = /^\s*(\/\/|\*|\/\*|import |readonly |export (interface|type) |\| \{)/;
const fallback = /\?\? (-?\w+(\.\w+)?|\[[^\]]*\])/g;

export function makeMutants(file: string, source: string): Mutant[] {
  const lines = source.split('\n');
  return lines.flatMap((line, index) => {
    if (inert.test(line)) return [];
    const shielded = [...line.matchAll(fallback)].map((match) => [match.index, match.index + match[0].length] as const);
    return replacements.flatMap(([pattern, to]) =>
      [...line.matchAll(pattern)].flatMap((match) => {
        const at = match.index;
        if (shielded.some(([start, end]) => at >= start && at < end)) return [];
        const changed = line.slice(0, at) + to + line.slice(at + match[0].length);
        const text = lines.with(index, changed).join('\n');
        return [{ file, line: index + 1, from: match[0].trim(), to: to.trim(), text }];
      }),
    );
  });
}
