import { readFileSync } from 'node:fs';

/** One request to Azure and its answer, as they were recorded; ids replaced. */
export interface Exchange {
  readonly request: { readonly method: string; readonly url: string; readonly body?: unknown };
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly polling?: { readonly last?: { readonly body?: unknown } | string };
  readonly finalGet?: unknown;
  readonly then?: { readonly body: unknown };
}

interface Recording {
  readonly exchanges: readonly Exchange[];
}

/** A file of recorded/, whose first member says where it was recorded. */
export function recorded(file: string, index: number): Exchange {
  const text = readFileSync(new URL(`recorded/${file}.json`, import.meta.url), 'utf8');
  // The files are part of the tests.
  const { exchanges } = JSON.parse(text) as Recording;
  const found = exchanges[index];
  if (!found) throw new RangeError(`${file}.json has no exchange ${String(index)}`);
  return found;
}

const AZURE = 'https://management.azure.com';

/** From the root, without the version: recordings are of several. */
export const pathOf = (url: string): string => new URL(url, AZURE).pathname;

/** Every path to a member, lists by their first item: what an answer consists of, whatever its values. */
export function keysOf(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : keysOf(value[0], `${at}[]`);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .flatMap(([name, inner]) => [`${at}.${name}`, ...keysOf(inner, `${at}.${name}`)])
    .toSorted();
}
