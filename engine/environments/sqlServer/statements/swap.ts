import type { Names } from '../names.ts';
import type { Rename } from '../swap/repairTable.ts';
import { renameDatabase, setAccess, setStatisticsAsync, takeAlone, type UserAccess } from './access.ts';

/** One database of the target: the renames it needs, and who may enter what stands where afterwards. */
export interface SwapPart {
  readonly names: Names;
  readonly renames: readonly Rename[];
  readonly after: Readonly<Partial<Record<keyof Names, After>>>;
}

export interface After {
  readonly access: UserAccess;
  readonly isStatisticsAsync?: boolean;
}

/**
 * The statements of one swap for all databases of the target, to run in one batch on one session from master: the
 * session holds every database alone before the first rename and lets go of it only after the last.
 */
export function swapStatements(parts: readonly SwapPart[]): readonly string[] {
  return [
    ...parts.flatMap(({ names, renames }) => movedFirst(renames).flatMap((place) => takeAlone(names[place]))),
    ...parts.flatMap(({ names, renames }) => renames.map(({ from, to }) => renameDatabase(names[from], names[to]))),
    ...parts.flatMap(({ names, after }) => places.flatMap((place) => afterwards(names[place], after[place]))),
  ];
}

const places = ['target', 'previous', 'incoming'] as const;

/** Names that exist before the batch: nothing was renamed to them in it. */
function movedFirst(renames: readonly Rename[]): (keyof Names)[] {
  return renames.map(({ from }) => from);
}

function afterwards(database: string, after: After | undefined): string[] {
  if (after === undefined) return [];
  const statistics =
    after.isStatisticsAsync === undefined ? [] : [setStatisticsAsync(database, after.isStatisticsAsync)];
  // Statistics while the session still holds the place: afterwards it could be locked out.
  return [...statistics, setAccess(database, after.access)];
}
