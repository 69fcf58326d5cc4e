import type { JournalAccess, Reader } from '../access.ts';
import type { JournalProfiles, JournalReports } from '../besideRuns.ts';
import { OVER } from '../events.ts';

const DAY_MS = 24 * 3_600_000;

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

/** Lists of ids, each for its time, and until a day behind the end of its run: one that may still go on needs them. */
export function sqlProfiles(access: JournalAccess): JournalProfiles {
  return {
    keepProfileList: (runId, { kind, text, until }) =>
      access.change(runId, async (change) => {
        await change.deleteFrom('profile_list').where('run_id', '=', runId).where('kind', '=', kind).execute();
        await change.insertInto('profile_list').values({ run_id: runId, kind, text, until_at: until }).execute();
      }),

    profileList: (runId, kind, at) =>
      access.read(async (db) => {
        const lists = db.selectFrom('profile_list').select('text').where('run_id', '=', runId).where('kind', '=', kind);
        return (await (at === undefined ? lists : lists.where('until_at', '>', at)).executeTakeFirst())?.text;
      }),

    dropProfileLists: (at) =>
      access.read(async (db) => {
        await db
          .updateTable('profile_list')
          .set({ until_at: new Date(Date.parse(at) + DAY_MS).toISOString() })
          .where('until_at', '<=', at)
          .where(({ exists, selectFrom }) =>
            exists(
              selectFrom('run')
                .leftJoin('target', 'target.held_by', 'run.run_id')
                .select('run.run_id')
                .whereRef('run.run_id', '=', 'profile_list.run_id')
                .where(({ and, eb, or }) =>
                  or([
                    eb('run.state', 'not in', OVER),
                    eb('target.held_by', 'is not', null),
                    and([eb('run.state', '=', 'failed'), eb('run.copy_kept_until', 'is not', null)]),
                  ]),
                ),
            ),
          )
          .execute();
        await db.deleteFrom('profile_list').where('until_at', '<=', at).execute();
      }),
  };
}
