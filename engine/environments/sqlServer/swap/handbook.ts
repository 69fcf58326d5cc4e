import { DATABASE_ROLES, type Sandbox } from '../../../contracts.ts';
import { namesOf } from '../names.ts';
import { quoteText } from '../../../databases/sqlServer/quote.ts';
import { renameDatabase, setAccess, takeAlone } from '../statements/access.ts';

/**
 * What a person runs in one window of SSMS or sqlcmd, as dbcreator or sysadmin, when Rewind cannot. Each line looks
 * first, so it may be run from any half-done state, and `observe` takes the result for Rewind's own.
 */
export function handbook(target: Sandbox, runId: string): { readonly finish: string[]; readonly undo: string[] } {
  const all = DATABASE_ROLES.map((role) => namesOf(target.databases[role], runId));
  return {
    finish: [
      'USE master;',
      JOBS,
      ...all.map(({ target, previous, incoming }) => moveIf(target, previous, [incoming])),
      ...all.map(({ target, incoming, previous }) => moveIf(incoming, target, [previous])),
      ...all.map(({ previous }) => onlyIf([previous], [], [setAccess(previous, 'RESTRICTED_USER')])),
      ...all.map(({ target }) => onlyIf([target], [], [setAccess(target, 'RESTRICTED_USER')])),
      '-- Still closed: rewind stop or the Rollback button go on from here; to open it as it is:',
      ...all.map(({ target }) => `-- ${setAccess(target, 'MULTI_USER')};`),
    ],
    undo: [
      'USE master;',
      JOBS,
      ...all.map(({ target, previous, incoming }) => moveIf(target, incoming, [previous])),
      ...all.map(({ target, previous }) => moveIf(previous, target, [])),
      ...all.map(({ incoming }) => onlyIf([incoming], [], [setAccess(incoming, 'RESTRICTED_USER')])),
      ...all.map(({ target }) => onlyIf([target], [], [setAccess(target, 'MULTI_USER')])),
    ],
  };
}

const JOBS =
  '-- If a database cannot be held alone: SELECT * FROM sys.dm_exec_background_job_queue, and KILL STATS JOB for each of its jobs.';

const moveIf = (from: string, to: string, needed: readonly string[]) =>
  onlyIf([from, ...needed], [to], [...takeAlone(from), renameDatabase(from, to)]);

function onlyIf(present: readonly string[], absent: readonly string[], statements: readonly string[]): string {
  const conditions = [
    ...present.map((name) => `DB_ID(${quoteText(name)}) IS NOT NULL`),
    ...absent.map((name) => `DB_ID(${quoteText(name)}) IS NULL`),
  ];
  return `IF ${conditions.join(' AND ')} BEGIN ${statements.map((statement) => `${statement};`).join(' ')} END;`;
}
