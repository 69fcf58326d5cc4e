import type { Problem } from './problems.ts';

/** A value of the file with its references resolved, and what must never be printed. */
export interface Resolved {
  readonly value: unknown;
  readonly secrets: readonly string[];
  readonly problems: readonly Problem[];
}

/** Replaces `${NAME}` in every text of a YAML document by the environment variable; each value counts as a secret. */
export function resolveReferences(
  document: unknown,
  variables: Readonly<Record<string, string | undefined>>,
): Resolved {
  const secrets = new Set<string>();
  const problems: Problem[] = [];
  const resolve = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === 'string')
      return value.replaceAll(/\$\{([A-Z0-9_]+)\}/g, (_, name: string) => {
        const found = variables[name];
        // An empty value is one that somebody forgot to fill in.
        if (found === undefined || found === '')
          problems.push({
            place: path.join('.'),
            reason: `the environment variable ${name} is not set`,
            example: `${name}=…`,
          });
        else secrets.add(found);
        return found ?? '';
      });
    if (Array.isArray(value)) return value.map((item, index) => resolve(item, [...path, String(index)]));
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, [...path, key])]));
    return value;
  };
  return { value: resolve(document, []), secrets: [...secrets], problems };
}
