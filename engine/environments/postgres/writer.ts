import type { Client } from 'pg';
import { SessionStaysError } from './errors.ts';
import type { Fence } from './fence.ts';
import { type Address, openClient } from './client.ts';

/** A connection of the worker that has the target. */
export interface FencedClient extends AsyncDisposable {
  readonly client: Client;
  /**
   * One transaction that compares the fence first and last: whoever was overtaken commits nothing.
   * @throws FencedError, and whatever `work` throws, both after the rollback.
   */
  change<Result>(work: () => Promise<Result>): Promise<Result>;
}

const TITLE = 'rewind writer';

/**
 * Ends the sessions of workers that had the target before, in the middle of a statement if need be. Behind it, nothing of
 * theirs is under way, and what they begin meets the fence.
 */
export async function openWriter(address: Address, database: string, fence: Fence): Promise<FencedClient> {
  await fence.check();
  const open = await openClient(address, database, { title: `${TITLE} ${String(fence.fence)}` });
  const { client } = open;
  try {
    const { rows } = await client.query<{ ended: boolean }>(END_OLDER, [TITLE, fence.fence]);
    if (rows.some(({ ended }) => !ended)) throw new SessionStaysError(database);
  } catch (error) {
    await open[Symbol.asyncDispose]();
    throw error;
  }
  return {
    ...open,
    async change(work) {
      try {
        await client.query(`BEGIN; ${fence.statement}`);
        const result = await work();
        await client.query(`${fence.statement}; COMMIT`);
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        // A session that a successor has ended says nothing but that it is gone.
        await fence.check();
        throw error;
      }
    },
  };
}

const END_OLDER = `
SELECT pg_terminate_backend(pid, 10000) AS ended
  FROM pg_stat_activity
 WHERE substring(application_name FROM '^' || $1 || ' ([0-9]+)$')::numeric < $2
   AND pid <> pg_backend_pid()`;
