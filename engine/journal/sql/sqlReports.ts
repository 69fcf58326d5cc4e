import type { JournalAccess, Reader } from '../access.ts';
import type { JournalReports } from '../besideRuns.ts';

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
