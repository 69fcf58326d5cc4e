import { z } from 'zod';
import { FencedError, MarkUnclearError } from '../../errors.ts';
import type { Act } from '../act.ts';
import { findDatabase, listDatabases, markOf } from '../databases.ts';
import { CopyAbsentError, NewDatabaseDownError, SwapIncompleteError } from '../errors.ts';
import { isServerError } from '../../../databases/sqlServer/faults.ts';
import { type Connection, openLongConnection } from '../../../databases/sqlServer/connection.ts';
import { writeMark } from '../marks.ts';
import { targetOf } from '../observe.ts';
import { keepUsersOut, prepareUsers } from './prepareUsers.ts';
import { endStatisticsJobs } from './statisticsJobs.ts';
import { repairTable, type SwapAction } from './repairTable.ts';
import { addMark } from '../statements/marks.ts';
import { type After, type SwapPart, swapStatements } from '../statements/swap.ts';
import { retry } from '../../../retry.ts';
import { killSession, readSessionsIn } from '../statements/sessions.ts';
import { isMarkedFor, type RoleScan, scanTarget, type TargetScan } from '../scanTarget.ts';

/**
 * Old → previous, copy → target, for all databases in one batch; the target stays closed. From any half-done state; when
 * the server refuses midway, the former databases are put back on the same session before the error is thrown.
 */
export async function swap(act: Act): Promise<void> {
  const { connection, target, runId, log } = act;
  const scan = await scanTarget(connection, target, runId);
  const parts = partsOf(scan, 'swap');
  if (parts.every(({ renames }) => renames.length === 0))
    return log(`${target.name} has the databases of ${runId} already`);
  for (const role of scan.roles) await prepareCopy(act, role);
  log(`The copies of ${runId} are ready to take the names`);
  log(`${describe(parts)}: everybody is disconnected, and all renames go in one batch`);
  await runBatch(act, parts, 'swap');
  log(
    `${target.name} has the databases of ${runId}, closed; the former ones are kept as ${scan.roles.map(({ names }) => names.previous).join(', ')}`,
  );
  log('Log backups of the former databases end here: the new ones need a full backup before their first log backup');
}

/** Previous → target, for all databases in one batch; open afterwards as it was. The copy stays beside it, closed. */
export async function swapBack(act: Act): Promise<void> {
  const { connection, target, runId, log } = act;
  const scan = await scanTarget(connection, target, runId);
  const parts = partsOf(scan, 'swap-back');
  if (parts.some(({ renames }) => renames.length > 0)) {
    log(`${describe(parts)}: everybody is disconnected, and all renames go in one batch`);
    await runBatch(act, parts, 'swap-back');
    log(`${target.name} has its former databases again; they need a full backup before the next log backup`);
  } else {
    await reopen(act, scan);
  }
  for (const { names } of scan.roles) await keepCopyClosed(act, names.incoming);
  log(`${target.name} is open as it was before the swap`);
}

/** The target's users were let into it when it was opened. */
async function keepCopyClosed(act: Act, incoming: string): Promise<void> {
  const database = findDatabase(await listDatabases(act.connection), incoming);
  if (database?.state === 'ONLINE') await keepUsersOut(act, incoming);
}

/** @throws CopyAbsentError when the table knows no way from here. */
function partsOf(scan: TargetScan, action: SwapAction): SwapPart[] {
  return scan.roles.map((role) => {
    for (const placed of [role.target, role.incoming, role.previous]) if (placed?.unreadable) throw placed.unreadable;
    const renames = repairTable[action][role.shape];
    if ('refusal' in renames) throw new CopyAbsentError(role.names.target, scan.runId, renames.refusal);
    if (action === 'swap-back' && role.shape === 'new - previous') refuseUnlessKnown(role, scan.runId);
    return { names: role.names, renames, after: afterOf(role, action) };
  });
}

/** What only seems to be the copy, because nothing else is left to be it, is not moved aside and dropped on that alone. */
function refuseUnlessKnown({ names, target }: RoleScan, runId: string): void {
  if (target === undefined || isMarkedFor(target, runId)) return;
  const { name, state } = target.database;
  if (state !== 'ONLINE') throw new NewDatabaseDownError(name, state, names.previous);
  throw new MarkUnclearError(
    name,
    'it carries no mark of a run',
    `If it is the copy of ${runId}, mark it: ${addMark(name, 'Rewind.Run', runId)}; otherwise rename or drop it. Then roll back again.`,
  );
}

function afterOf({ shape, target, previous }: RoleScan, action: SwapAction): SwapPart['after'] {
  if (action === 'swap') return shape.startsWith('new') ? {} : { previous: closed, target: closed };
  const former = shape.startsWith('old') ? target : previous;
  return {
    target: asBefore(markOf(former?.marks, 'Rewind.Before')),
    ...(shape.startsWith('old') ? {} : copyAside(shape)),
  };
}

const closed: After = { access: 'RESTRICTED_USER' };

/** A copy that is lost cannot be closed. */
const copyAside = (shape: RoleScan['shape']): SwapPart['after'] =>
  shape === 'none - previous' ? {} : { incoming: closed };

const asBefore = (before: string | undefined): After => ({
  access: before?.includes('RESTRICTED_USER') ? 'RESTRICTED_USER' : 'MULTI_USER',
  ...(before === undefined ? {} : { isStatisticsAsync: before.includes('STATISTICS ASYNC') }),
});

/** Everything that can be done while the target is still in use. */
async function prepareCopy(act: Act, role: RoleScan): Promise<void> {
  if (role.shape !== 'old incoming -') return;
  const owner = role.incoming?.database.owner ?? undefined;
  await prepareUsers(act, { from: role.names.target, connection: act.connection, owner }, role.names.incoming);
  await rememberAccess(act, role);
}

/** What a swap back will need to know stands on the database itself, so that it cannot get lost. */
async function rememberAccess(act: Act, { target, shape }: RoleScan): Promise<void> {
  if (target === undefined || !shape.startsWith('old') || markOf(target.marks, 'Rewind.Before') !== undefined) return;
  const { userAccess, isStatisticsAsync } = target.database;
  const access = userAccess === 'RESTRICTED_USER' ? 'RESTRICTED_USER' : 'MULTI_USER';
  const before = isStatisticsAsync ? `${access}, STATISTICS ASYNC` : access;
  await writeMark(act, target.database, target.marks, 'Rewind.Before', before);
}

/** Nothing to rename: only doors that a swap which ended early has left shut. */
async function reopen(act: Act, { roles }: TargetScan): Promise<void> {
  const parts = roles.flatMap((role) => {
    const wanted = afterOf(role, 'swap-back').target;
    if (wanted === undefined || role.target?.database.userAccess === wanted.access) return [];
    return [{ names: role.names, renames: [], after: { target: wanted } }];
  });
  await act.change(swapStatements(parts), { doing: `opening ${act.target.name}` });
}

const TRIES = 5;
const PAUSE_MS = 100;
const sessionRow = z.object({ session: z.number() });

/** A service that reconnects at once may take the single place between two statements: it is disconnected and the batch tried again. */
async function runBatch(act: Act, first: readonly SwapPart[], action: SwapAction): Promise<void> {
  const { target, runId } = act;
  await endStatisticsJobs(
    act,
    first.flatMap(({ names, renames }) => renames.map(({ from }) => names[from])),
  );
  // One session for the batch and for what has to be undone after it: whoever holds a database alone stays the one who holds it.
  await using session = await openLongConnection(act.address);
  let wasHeld = false;
  const switchOver = async (): Promise<void> => {
    const parts = wasHeld ? partsOf(await scanTarget(session, target, runId), action) : first;
    const doing = `${action === 'swap' ? 'swapping' : 'swapping back'} ${target.name}`;
    try {
      await act.change(swapStatements(parts), { on: session, isWhole: true, doing });
    } catch (error) {
      wasHeld = isHeld(error);
      if (wasHeld) await disconnect(act, session, first);
      throw error;
    }
  };
  try {
    await retry(switchOver, {
      ...{ clock: act.clock, signal: act.signal, tries: TRIES, pauseMs: () => PAUSE_MS },
      isWorthIt: isHeld,
    });
  } catch (error) {
    if (action === 'swap') await putBack(act, session);
    throw error;
  }
  const found = targetOf(await scanTarget(session, target, runId));
  if (found !== (action === 'swap' ? 'new' : 'old')) throw new SwapIncompleteError(target.name, found);
}

const isHeld = (error: unknown) => isServerError(error, 'database-in-use', 'database-busy');

async function putBack(act: Act, session: Connection): Promise<void> {
  try {
    const scan = await scanTarget(session, act.target, act.runId);
    const parts = partsOf(scan, 'swap-back');
    await act.change(swapStatements(parts), {
      on: session,
      isWhole: true,
      doing: `undoing the swap of ${act.target.name}`,
    });
    act.log('The swap was undone on the same session');
  } catch {
    // The next act looks again; the first error says what happened.
    act.log('The swap could not be undone on the same session; it is looked at again');
  }
}

async function disconnect(act: Act, session: Connection, parts: readonly SwapPart[]): Promise<void> {
  for (const { names } of parts) {
    for (const name of Object.values<string>({ ...names })) {
      const doing = `disconnecting sessions from ${name}`;
      try {
        const found = await session.ask(readSessionsIn(name), sessionRow, { doing });
        // One batch each: a session that has gone by itself (6106) must not keep the others alive.
        for (const one of found)
          await act.change([killSession(one.session)], { doing, on: session }).catch(ignoreRefusal);
      } catch (error) {
        ignoreRefusal(error);
      }
    }
  }
}

/** Without VIEW SERVER STATE or ALTER ANY CONNECTION the next attempt may still be ignoreRefusal; without the fence there is none. */
function ignoreRefusal(error: unknown): void {
  if (error instanceof FencedError) throw error;
}

const describe = (parts: readonly SwapPart[]): string =>
  parts.flatMap(({ names, renames }) => renames.map(({ from, to }) => `${names[from]} → ${names[to]}`)).join(', ');
