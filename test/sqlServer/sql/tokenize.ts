import { sqlError } from './sqlError.ts';

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'binary' | 'variable' | 'symbol' | 'end';
  /** As written. */
  readonly text: string;
  /** Without quotes; words in upper case. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const pattern = new RegExp(
  [
    String.raw`(?<space>\s+|--[^\n]*)`,
    String.raw`(?<comment>/\*)`,
    String.raw`(?<string>[nN]?'(?:[^']|'')*')`,
    String.raw`(?<bracketed>\[(?:[^\]]|\]\])*\])`,
    String.raw`(?<quoted>"(?:[^"]|"")*")`,
    String.raw`(?<binary>0[xX][0-9a-fA-F]*)`,
    String.raw`(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)`,
    String.raw`(?<variable>@@?[\p{L}\p{N}_#$@]+)`,
    String.raw`(?<word>[\p{L}_#][\p{L}\p{N}_#$@]*)`,
    String.raw`(?<symbol><>|<=|>=|!=|\+=|::|[-+*/%=<>(),.;:&|^~])`,
  ].join('|'),
  'uy',
);

/** Cuts a batch into tokens. @throws SqlError 102 or 105 for what no T-SQL is made of. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    pattern.lastIndex = at;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) throw unreadable(text, at);
    const end = groups['comment'] === undefined ? pattern.lastIndex : endOfComment(text, at);
    const token = groups['space'] === undefined && groups['comment'] === undefined ? readToken(groups) : undefined;
    if (token !== undefined) tokens.push({ ...token, start: at, end });
    at = end;
  }
  tokens.push({ kind: 'end', text: '', value: '', start: text.length, end: text.length });
  return tokens;
}

type Found = Record<string, string | undefined>;

function readToken(groups: Found): Pick<Token, 'kind' | 'text' | 'value'> {
  const { string, bracketed, quoted, binary, number, variable, word, symbol = '' } = groups;
  if (string !== undefined) {
    const value = string.slice(string.indexOf("'") + 1, -1).replaceAll("''", "'");
    return { kind: 'string', text: string, value };
  }
  if (bracketed !== undefined)
    return { kind: 'quoted', text: bracketed, value: bracketed.slice(1, -1).replaceAll(']]', ']') };
  if (quoted !== undefined) return { kind: 'quoted', text: quoted, value: quoted.slice(1, -1).replaceAll('""', '"') };
  if (binary !== undefined) return { kind: 'binary', text: binary, value: binary.slice(2) };
  if (number !== undefined) return { kind: 'number', text: number, value: number };
  if (variable !== undefined) return { kind: 'variable', text: variable, value: variable.toLowerCase() };
  if (word !== undefined) return { kind: 'word', text: word, value: word.toUpperCase() };
  return { kind: 'symbol', text: symbol, value: symbol };
}

/** Comments of T-SQL nest. */
function endOfComment(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    if (pair === '/*') depth += 1;
    if (pair === '*/') depth -= 1;
    if (pair === '/*' || pair === '*/') at += 1;
    if (depth === 0) return at + 1;
  }
  throw sqlError(113, "Missing end comment mark '*/'.", { severity: 15 });
}

function unreadable(text: string, at: number): Error {
  const rest = text.slice(at, at + 30);
  return /^[nN]?['"[]/.test(rest)
    ? sqlError(105, `Unclosed quotation mark after the character string '${rest.replace(/^[nN]?['"[]/, '')}'.`, {
        severity: 15,
      })
    : sqlError(102, `Incorrect syntax near '${rest.slice(0, 1)}'.`, { severity: 15 });
}
