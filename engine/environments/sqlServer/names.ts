import type { DatabaseRole, Sandbox } from '../../contracts.ts';
import type { Side } from '../provider.ts';
import { NameTooLongError } from './errors.ts';

/** Names beside the target; no other database of the server is ever touched. */
export interface Names {
  readonly target: string;
  readonly incoming: string;
  readonly previous: string;
}

export const longestName = 128;
const runIdPattern = /^[\w-]{1,32}$/;

/** @throws NameTooLongError before anything is restored that could not be renamed later. */
export function namesOf(target: string, runId: string): Names {
  if (!runIdPattern.test(runId)) throw new TypeError('A run id is letters, digits, _ and -');
  const names = { target, incoming: `${target}__incoming_${runId}`, previous: `${target}__previous_${runId}` };
  if (names.previous.length > longestName) throw new NameTooLongError(target, names.previous.length, longestName);
  return names;
}

/** What stands on that side of a sandbox is called so. */
export const databaseOf = ({ databases }: Sandbox, side: Side, database: DatabaseRole, runId = ''): string =>
  side === 'incoming' ? namesOf(databases[database], runId).incoming : databases[database];

/** What a database of the server is to `target`, judged by its name alone. */
export function roleByName(
  target: string,
  database: string,
): { readonly role: NamedRole; readonly runId?: string } | undefined {
  if (isSameName(database, target)) return { role: 'target' };
  for (const role of ['incoming', 'previous'] as const) {
    const prefix = `${target}__${role}_`;
    if (isSameName(database.slice(0, prefix.length), prefix)) return { role, runId: database.slice(prefix.length) };
  }
  return undefined;
}

export type NamedRole = 'target' | 'incoming' | 'previous';

/** As most servers compare names of databases: in the collation of the server, which rarely tells case. */
export const isSameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
