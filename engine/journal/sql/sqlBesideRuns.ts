import type { Instant } from '../../contracts.ts';
import type { JournalAccess, Reader } from '../access.ts';
import type { JournalProfiles, JournalReports } from '../besideRuns.ts';
import { OVER } from '../events.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The reports of runs, each under the hash of its text. */
export function sqlReports(access: JournalAccess): JournalReports {
  return {
    keepReport: (runId, { sha256, text }) =>
      access.change(runId, async (change) => {
        if ((await readReport(change, runId, sha256)) !== undefined) return;
        await change.insertInto('report').values({ run_id: runId, sha256, text }).execute();
      }),

    report: (runId, sha256) => access.read((db) => readReport(db, runId, sha256)),
  };
}

export async function readReport(db: Reader, runId: string, sha256: string): Promise<string | undefined> {
  const query = db.selectFrom('report').select('text').where('run_id', '=', runId).where('sha256', '=', sha256);
  return (await query.executeTakeFirst())?.text;
}

/** Lists of ids, each for its time behind the end of its run: one that may still go on needs them. */
export function sqlProfiles(access: JournalAccess): JournalProfiles {
  return {
    keepProfileList: (runId, { kind, text, until, keptMs }) =>
      access.change(runId, async (change) => {
        await change.deleteFrom('profile_list').where('run_id', '=', runId).where('kind', '=', kind).execute();
        const kept = keptMs === undefined ? null : Math.ceil(keptMs / 1000);
        const row = { run_id: runId, kind, text, until_at: until, kept_seconds: kept };
        await change.insertInto('profile_list').values(row).execute();
      }),

    profileList: (runId, kind, at) =>
      access.read(async (db) => {
        const lists = db.selectFrom('profile_list').select('text').where('run_id', '=', runId).where('kind', '=', kind);
        return (await (at === undefined ? lists : lists.where('until_at', '>', at)).executeTakeFirst())?.text;
      }),

    dropProfileLists: (at) =>
      access.read(async (db) => {
        for (const { run_id: runId, kind, until_at: until, kept_seconds: seconds } of await listsInUse(db)) {
          const later = extended(until, at, seconds === null ? DAY_MS : seconds * 1000);
          if (later === until) continue;
          const own = db.updateTable('profile_list').where('run_id', '=', runId).where('kind', '=', kind);
          await own.set({ until_at: later }).execute();
        }
        await db.deleteFrom('profile_list').where('until_at', '<=', at).execute();
      }),
  };
}

/** Of runs that may still go on. */
const listsInUse = (db: Reader) =>
  db
    .selectFrom('profile_list')
    .innerJoin('run', 'run.run_id', 'profile_list.run_id')
    .leftJoin('target', 'target.held_by', 'run.run_id')
    .select(['profile_list.run_id', 'kind', 'until_at', 'kept_seconds'])
    .where(({ and, eb, or }) =>
      or([
        eb('run.state', 'not in', OVER),
        eb('target.held_by', 'is not', null),
        and([eb('run.state', '=', 'failed'), eb('run.copy_kept_until', 'is not', null)]),
      ]),
    )
    .execute();

/** As if the run ended at `at`; as it was where that is less than an hour later, so that little is written. */
export function extended(until: Instant, at: Instant, keptMs: number): Instant {
  const later = Date.parse(at) + keptMs;
  return until > at && later - Date.parse(until) < HOUR_MS ? until : new Date(later).toISOString();
}
