import { z } from 'zod';
import { FencedError } from '../errors.ts';
import { isServerError } from '../../databases/sqlServer/faults.ts';
import type { Connection, SendOptions } from '../../databases/sqlServer/connection.ts';
import * as statements from './statements/fence.ts';
import { guarded, guardedTransaction } from './statements/guarded.ts';
import type { Guard, Statement } from '../../databases/sqlServer/statement.ts';
import { FenceRaised } from '../../databases/sqlServer/translate.ts';

const fenceRow = z.object({ fence: z.coerce.number() });
const tableRow = z.object({ id: z.number().nullable() });

/**
 * Refuses a fence smaller than the greatest one this target has seen, and keeps a greater one on the target's server.
 * @throws FencedError
 */
export async function raiseFence(connection: Connection, guard: Guard, signal: AbortSignal): Promise<void> {
  const options = { doing: `taking ${guard.target} over`, signal };
  const [table] = await connection.ask(statements.findFenceTable(guard), tableRow, options);
  if (table?.id === null || table === undefined) await createFenceTable(connection, guard);
  const seen = await seenFence(connection, guard);
  if (seen === undefined) {
    await connection
      .send(statements.addFence(guard), options)
      .catch((error: unknown) => ignore(error, [DUPLICATE_KEY]));
    return raiseFence(connection, guard, signal);
  }
  if (seen > guard.fence) throw new FencedError(guard.target, guard.fence, seen);
  if (seen === guard.fence) return;
  // No row: a newer worker was faster, or the server does not tell how many there were. The next look says which.
  if ((await connection.send(statements.raiseFence(guard), options)) === 1) return;
  const present = await seenFence(connection, guard);
  if (present !== guard.fence) throw new FencedError(guard.target, guard.fence, present ?? guard.fence + 1);
}

const DUPLICATE_KEY = 2627;
const OBJECT_EXISTS = 2714;

async function createFenceTable(connection: Connection, { controlDatabase }: Guard): Promise<void> {
  const options = { doing: `creating ${controlDatabase ?? 'the table of fences'}` };
  try {
    if (controlDatabase !== undefined) {
      await connection.send(statements.createControlDatabase(controlDatabase), options);
      await connection.send(statements.useSimpleRecovery(controlDatabase), options);
    }
  } catch (error) {
    if (!isServerError(error, 'database-name-taken')) throw error;
  }
  await connection
    .send(statements.createFenceTable(controlDatabase === undefined ? {} : { controlDatabase }), options)
    .catch((error: unknown) => ignore(error, [OBJECT_EXISTS]));
}

/** For a platform whose statements cannot reach the fence: it is compared in front of each. @throws FencedError */
export async function proveFence(connection: Connection, guard: Guard, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const seen = await seenFence(connection, guard, signal);
  if (seen !== undefined && seen > guard.fence) throw new FencedError(guard.target, guard.fence, seen);
}

async function seenFence(connection: Connection, guard: Guard, signal?: AbortSignal): Promise<number | undefined> {
  const [row] = await connection.ask(statements.readFence(guard), fenceRow, {
    doing: `reading the fence of ${guard.target}`,
    ...(signal === undefined ? {} : { signal }),
  });
  return row?.fence;
}

/** Carries statements out in one batch that a worker with a stale fence cannot get into. @throws FencedError */
export async function change(
  connection: Connection,
  guard: Guard,
  changes: readonly string[],
  options: SendOptions,
): Promise<void> {
  if (changes.length === 0) return;
  await orFenced(connection, guard, () => connection.send(guarded(guard, changes), options));
}

/**
 * One statement of a session, in a transaction that keeps the fence from being raised until it has ended: whoever takes
 * over waits for it, and nothing of an overtaken worker is written behind the back of its successor.
 * @returns the number of rows. @throws FencedError
 */
export const execute = (
  connection: Connection,
  guard: Guard,
  statement: Statement,
  options: SendOptions,
): Promise<number> =>
  orFenced(connection, guard, () => connection.send(guardedTransaction(guard, [statement]), options));

/** Several statements of a session, all or none. @returns the number of rows of each. @throws FencedError */
export async function executeTogether(
  connection: Connection,
  guard: Guard,
  statements: readonly Statement[],
  options: SendOptions,
): Promise<readonly number[]> {
  if (statements.length === 0) return [];
  const batch = guardedTransaction(guard, statements, { isCounted: true });
  const [row] = await orFenced(connection, guard, () => connection.ask(batch, countsRow, options));
  return statements.map((_, index) => row?.[`rows${String(index)}`] ?? 0);
}

const countsRow = z.record(z.string(), z.coerce.number());

async function orFenced<Result>(connection: Connection, guard: Guard, send: () => Promise<Result>): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof FenceRaised)) throw error;
    throw new FencedError(guard.target, guard.fence, (await seenFence(connection, guard)) ?? guard.fence + 1);
  }
}

function ignore(error: unknown, numbers: readonly number[]): void {
  if (!isServerError(error, 'statement-refused') || !numbers.includes(error.number)) throw error;
}
