import type { Misplaced } from './problems.ts';

/** A value of the file with its references resolved, and what must never be printed. */
export interface Resolved {
  readonly value: unknown;
  readonly secrets: readonly string[];
  /** Variables that are not set. */
  readonly problems: readonly Misplaced[];
  /** Passwords that stand in the file itself. */
  readonly remarks: readonly Misplaced[];
}

/** Replaces `${NAME}` in every text of a YAML document by the environment variable; each value counts as a secret, and so does a password that is written out. */
export function resolveReferences(
  document: unknown,
  variables: Readonly<Record<string, string | undefined>>,
): Resolved {
  const secrets = new Set<string>();
  const problems: Misplaced[] = [];
  const remarks: Misplaced[] = [];
  const resolve = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === 'string') {
      const literal = literalPassword(value, path);
      if (literal !== undefined) {
        // The whole address as well: of that the scrubber also knows the forms that a password takes in it.
        secrets.add(literal).add(value);
        const reason = 'a password stands in the file, where everybody reads it who reads the file';
        remarks.push({ path, reason, example: '${NAME}, an environment variable that only workers have' });
      }
      return value.replaceAll(/\$\{([A-Z0-9_]+)\}/g, (_, name: string) => {
        const found = variables[name];
        // An empty value is one that somebody forgot to fill in.
        if (found === undefined || found === '')
          problems.push({
            path,
            reason: `the environment variable ${name} is not set`,
            example: `${name}=…`,
          });
        else secrets.add(found);
        return found ?? '';
      });
    }
    if (Array.isArray(value)) return value.map((item, index) => resolve(item, [...path, String(index)]));
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, [...path, key])]));
    return value;
  };
  return { value: resolve(document, []), secrets: [...secrets], problems, remarks };
}

/** In an address between user and host, or under a key that says so. */
function literalPassword(text: string, path: readonly string[]): string | undefined {
  const inAddress = /^[a-z]+:\/\/[^:/@\s]*:([^@\s]+)@/i.exec(text)?.[1];
  const isNamed = /(password|secret|accesskey)$/i.test(path.at(-1) ?? '');
  const found = inAddress ?? (isNamed && text !== '' ? text : undefined);
  return found?.includes('${') ? undefined : found;
}
