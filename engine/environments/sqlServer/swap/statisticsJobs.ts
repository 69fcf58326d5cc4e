import { z } from 'zod';
import type { Clock } from '../../../clock.ts';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { isServerError, isStatementRefused } from '../../../databases/sqlServer/faults.ts';
import type { ActContext } from '../../provider.ts';
import { findDatabase, listDatabases } from '../databases.ts';
import { change, guardOf } from '../fence.ts';
import { setStatisticsAsync } from '../statements/access.ts';
import { killStatisticsJob, readStatisticsJobs } from '../statements/statisticsJobs.ts';

const LONGEST_WAIT_MS = 10_000;
const LOOK_EVERY_MS = 250;

/**
 * Lets no background update of statistics be in a database that is about to be held alone: its thread would take the single
 * place, and cannot be disconnected ("ALTER DATABASE SET", SINGLE_USER). New ones are switched off, those that are there
 * ended where the service may, and waited for.
 */
export async function endStatisticsJobs(
  { line, clock }: { readonly line: Connection; readonly clock: Clock },
  context: ActContext,
  names: readonly string[],
): Promise<void> {
  const databases = await listDatabases(line);
  for (const name of names) {
    const database = findDatabase(databases, name);
    if (database?.state !== 'ONLINE') continue;
    const doing = `ending background statistics of ${name}`;
    try {
      if (database.isStatisticsAsync === true)
        await change(line, guardOf(context), [setStatisticsAsync(name, false)], { doing });
      await waitForJobs({ line, clock }, context, name, doing);
    } catch (error) {
      // Held by somebody already: whoever takes it alone knows what to do about that.
      if (!isServerError(error, 'database-in-use', 'database-busy')) throw error;
    }
  }
}

const jobRow = z.object({ job: z.number() });

async function waitForJobs(
  { line, clock }: { readonly line: Connection; readonly clock: Clock },
  context: ActContext,
  name: string,
  doing: string,
): Promise<void> {
  const startedAt = clock.elapsedMs();
  const asked = new Set<number>();
  for (;;) {
    // Without VIEW SERVER STATE nobody can tell.
    const jobs = (await askIfAllowed(line, readStatisticsJobs(name), jobRow, doing)) ?? [];
    if (jobs.length === 0) return;
    if (clock.elapsedMs() - startedAt > LONGEST_WAIT_MS)
      return context.log(`${name}: ${String(jobs.length)} background updates of statistics do not end; it goes on`);
    for (const { job } of jobs.filter((one) => !asked.has(one.job))) {
      asked.add(job);
      await endJob(line, context, name, job, doing);
    }
    await clock.sleep(LOOK_EVERY_MS);
  }
}

/** One that has ended by itself is gone, and one that the service may not end ends by itself. */
async function endJob(line: Connection, context: ActContext, name: string, job: number, doing: string): Promise<void> {
  try {
    await change(line, guardOf(context), [killStatisticsJob(job)], { doing });
    context.log(`${name}: background update of statistics ${String(job)} is ended`);
  } catch (error) {
    if (!isStatementRefused(error)) throw error;
    if (isServerError(error, 'permission-missing'))
      context.log(`${name}: waits for the background update of statistics ${String(job)} to end`);
  }
}
