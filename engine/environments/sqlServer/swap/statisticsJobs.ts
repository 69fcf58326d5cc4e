import { z } from 'zod';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import { isServerError, isStatementRefused } from '../../../databases/sqlServer/faults.ts';
import { untilItIsSo } from '../../../retry.ts';
import type { Act } from '../act.ts';
import { findDatabase, listDatabases } from '../databases.ts';
import { setStatisticsAsync } from '../statements/access.ts';
import { killStatisticsJob, readStatisticsJobs } from '../statements/statisticsJobs.ts';

const LONGEST_WAIT_MS = 10_000;
const LOOK_EVERY_MS = 250;

/**
 * Lets no background update of statistics be in a database that is about to be held alone: its thread would take the single
 * place, and cannot be disconnected ("ALTER DATABASE SET", SINGLE_USER). New ones are switched off, those that are there
 * ended where the service may, and waited for.
 */
export async function endStatisticsJobs(act: Act, names: readonly string[]): Promise<void> {
  const databases = await listDatabases(act.connection);
  for (const name of names) {
    const database = findDatabase(databases, name);
    if (database?.state !== 'ONLINE') continue;
    const doing = `ending background statistics of ${name}`;
    try {
      if (database.isStatisticsAsync === true) await act.change([setStatisticsAsync(name, false)], { doing });
      await waitForJobs(act, name, doing);
    } catch (error) {
      // Held by somebody already: whoever takes it alone knows what to do about that.
      if (!isServerError(error, 'database-in-use', 'database-busy')) throw error;
    }
  }
}

const jobRow = z.object({ job: z.number() });

async function waitForJobs(act: Act, name: string, doing: string): Promise<void> {
  const { connection, clock, signal } = act;
  const asked = new Set<number>();
  let left = 0;
  const haveEnded = async (): Promise<boolean> => {
    // Without VIEW SERVER STATE nobody can tell.
    const jobs = (await askIfAllowed(connection, readStatisticsJobs(name), jobRow, doing)) ?? [];
    left = jobs.length;
    for (const { job } of jobs.filter((one) => !asked.has(one.job))) {
      asked.add(job);
      await endJob(act, name, job, doing);
    }
    return left === 0;
  };
  if (await untilItIsSo(haveEnded, { clock, signal, everyMs: LOOK_EVERY_MS, withinMs: LONGEST_WAIT_MS })) return;
  act.log(`${name}: ${String(left)} background updates of statistics do not end; it goes on`);
}

/** One that has ended by itself is gone, and one that the service may not end ends by itself. */
async function endJob(act: Act, name: string, job: number, doing: string): Promise<void> {
  try {
    await act.change([killStatisticsJob(job)], { doing });
    act.log(`${name}: background update of statistics ${String(job)} is ended`);
  } catch (error) {
    if (!isStatementRefused(error)) throw error;
    if (isServerError(error, 'permission-missing'))
      act.log(`${name}: waits for the background update of statistics ${String(job)} to end`);
  }
}
