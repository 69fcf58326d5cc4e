import { z } from 'zod';
import type { ActContext } from '../provider.ts';
import { FencedError } from '../errors.ts';
import { isServerError } from '../../databases/sqlServer/faults.ts';
import type { Connection, SendOptions } from '../../databases/sqlServer/connection.ts';
import { sandboxSettings } from './settings.ts';
import * as statements from './statements/fence.ts';
import { guarded } from './statements/guarded.ts';
import type { Guard } from '../../databases/sqlServer/statement.ts';
import { FenceRaised } from '../../databases/sqlServer/translate.ts';

const fenceRow = z.object({ fence: z.coerce.number() });
const tableRow = z.object({ id: z.number().nullable() });

export const guardOf = ({ target, fence }: Pick<ActContext, 'target' | 'fence'>): Guard => ({
  controlDatabase: sandboxSettings.parse(target.settings).controlDatabase,
  target: target.name,
  fence,
});

/**
 * Refuses a fence smaller than the greatest one this target has seen, and keeps a greater one on the target's server.
 * @throws FencedError
 */
export async function raiseFence(line: Connection, guard: Guard): Promise<void> {
  const options = { doing: `taking ${guard.target} over` };
  const [table] = await line.ask(statements.findFenceTable(guard.controlDatabase), tableRow, options);
  if (table?.id === null || table === undefined) await createFenceTable(line, guard.controlDatabase);
  const seen = await seenFence(line, guard);
  if (seen === undefined) {
    await line.send(statements.addFence(guard), options).catch((error: unknown) => ignore(error, [DUPLICATE_KEY]));
    return raiseFence(line, guard);
  }
  if (seen > guard.fence) throw new FencedError(guard.target, guard.fence, seen);
  if (seen === guard.fence) return;
  // No row: a newer worker was faster, or the server does not tell how many there were. The next look says which.
  if ((await line.send(statements.raiseFence(guard), options)) === 1) return;
  const present = await seenFence(line, guard);
  if (present !== guard.fence) throw new FencedError(guard.target, guard.fence, present ?? guard.fence + 1);
}

const DUPLICATE_KEY = 2627;
const OBJECT_EXISTS = 2714;

async function createFenceTable(line: Connection, controlDatabase: string): Promise<void> {
  const options = { doing: `creating ${controlDatabase}` };
  try {
    await line.send(statements.createControlDatabase(controlDatabase), options);
    await line.send(statements.useSimpleRecovery(controlDatabase), options);
  } catch (error) {
    if (!isServerError(error, 'database-name-taken')) throw error;
  }
  await line
    .send(statements.createFenceTable(controlDatabase), options)
    .catch((error: unknown) => ignore(error, [OBJECT_EXISTS]));
}

async function seenFence(line: Connection, guard: Guard): Promise<number | undefined> {
  const [row] = await line.ask(statements.readFence(guard), fenceRow, {
    doing: `reading the fence of ${guard.target}`,
  });
  return row?.fence;
}

/** Runs statements in one batch that a worker with a stale fence cannot get into. @throws FencedError */
export async function change(
  line: Connection,
  guard: Guard,
  changes: readonly string[],
  options: SendOptions,
): Promise<void> {
  if (changes.length === 0) return;
  try {
    await line.send(guarded(guard, changes), options);
  } catch (error) {
    if (!(error instanceof FenceRaised)) throw error;
    throw new FencedError(guard.target, guard.fence, (await seenFence(line, guard)) ?? guard.fence + 1);
  }
}

function ignore(error: unknown, numbers: readonly number[]): void {
  if (!isServerError(error, 'statement-refused') || !numbers.includes(error.number)) throw error;
}
