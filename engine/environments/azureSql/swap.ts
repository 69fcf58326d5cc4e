import { z } from 'zod';
import { RetryableError } from '../../errors.ts';
import { FencedError, MarkUnclearError } from '../errors.ts';
import { CopyAbsentError, SwapIncompleteError } from '../sqlServer/errors.ts';
import { setAccess } from '../sqlServer/statements/access.ts';
import { killSession } from '../sqlServer/statements/sessions.ts';
import { keepUsersOut, prepareUsers } from '../sqlServer/swap/prepareUsers.ts';
import { type Rename, repairTable, type SwapAction } from '../sqlServer/swap/repairTable.ts';
import { type AzureAct, guarded, inside } from './azureAct.ts';
import { mark } from './marks.ts';
import { noteFormer } from './former.ts';
import { isRefusal } from './resourceManager/classify.ts';
import { together } from './restore.ts';
import { openToAll, readOthersHere, readUserHere, userRow } from './statements.ts';
import { isMarkedFor, type RoleScan, scanWorld, targetOf } from './world.ts';

/** Old → previous, copy → target, both databases at once by renames of Resource Manager; from any half-done state. The target stays closed. */
export async function swap(act: AzureAct): Promise<void> {
  const { world, runId, log } = act;
  const roles = await scanWorld(world, runId);
  const parts = partsOf(act, roles, 'swap');
  if (parts.every(({ renames }) => renames.length === 0))
    return log(`${act.target.name} has the databases of ${runId} already`);
  for (const role of roles) await prepareCopy(act, role);
  for (const { role, shape, target } of roles)
    if (shape === 'old incoming -' && target !== undefined) await noteFormer(act, role, target.resource);
  log(`The copies of ${runId} are ready to take the names`);
  await together(roles.map((role) => closeStanding(act, role)));
  try {
    await renameAll(act, parts);
  } catch (error) {
    act.signal.throwIfAborted();
    await putBack(act, error);
    throw error;
  }
  await proveStanding(act, 'new');
  log(
    `${act.target.name} has the databases of ${runId}, closed; the former ones are kept as ${roles.map(({ names }) => names.previous).join(', ')}`,
  );
}

/** Previous → target; open afterwards as it was. The copy stays beside it, closed. */
export async function swapBack(act: AzureAct): Promise<void> {
  const { world, runId, log } = act;
  const roles = await scanWorld(world, runId);
  const parts = partsOf(act, roles, 'swap-back');
  if (parts.some(({ renames }) => renames.length > 0)) {
    // Who works in the new databases leaves them before they are put aside.
    await together(roles.map((role) => closeStanding(act, role)));
    await renameAll(act, parts);
    await proveStanding(act, 'old');
    log(`${act.target.name} has its former databases again`);
  }
  for (const role of await scanWorld(world, runId)) {
    await openFormer(act, role);
    if (role.incoming?.isOnline !== true) continue;
    await using session = await inside(act, world.address, role.names.incoming);
    await session.change([setAccess(role.names.incoming, 'RESTRICTED_USER')], {
      doing: `closing ${role.names.incoming}`,
    });
    await keepUsersOut(session, { here: role.names.incoming });
  }
  log(`${act.target.name} is open as it was before the switch`);
}

interface Part {
  readonly role: RoleScan;
  readonly renames: readonly Rename[];
}

/** @throws CopyAbsentError when the table knows no way from here */
function partsOf({ runId }: AzureAct, roles: readonly RoleScan[], action: SwapAction): readonly Part[] {
  return roles.map((role) => {
    const renames = repairTable[action][role.shape];
    if ('refusal' in renames) throw new CopyAbsentError(role.names.target, runId, renames.refusal);
    if (
      action === 'swap-back' &&
      role.shape === 'new - previous' &&
      role.target &&
      isMarkedFor(role.target, runId) !== true
    )
      throw new MarkUnclearError(
        role.names.target,
        'it carries no mark of a run',
        `If it is the copy of ${runId}, add the extended property Rewind.Run with that value; otherwise rename or drop it. Then roll back again.`,
      );
    return { role, renames };
  });
}

/** Everything that can be done while the target is still in use. */
async function prepareCopy(act: AzureAct, { shape, names, target }: RoleScan): Promise<void> {
  if (shape !== 'old incoming -') return;
  const { address } = act.world;
  await using living = await inside(act, address, names.target);
  await using copy = await inside(act, address, names.incoming);
  const [self] = await living.connection.ask(readUserHere(), userRow, {
    doing: `looking who the service is in ${names.target}`,
  });
  await prepareUsers(
    copy,
    {
      ...{ from: { here: names.target }, connection: living.connection, owner: address.user, asksEntra: true },
      self: self?.name ?? undefined,
    },
    { here: names.incoming },
  );
  const before = target?.userAccess === 'RESTRICTED_USER' ? 'RESTRICTED_USER' : 'MULTI_USER';
  // Of a switch that was begun before: what the target was like then.
  if (target?.marks?.get('Rewind.Before') === undefined) await mark(living, names.target, { 'Rewind.Before': before });
}

const sessionRow = z.object({ session: z.number() });

/** Whoever is in what stands under the target's name has to leave, members of db_owner among them. */
async function closeStanding(act: AzureAct, { target, names }: RoleScan): Promise<void> {
  if (target?.isOnline !== true) return;
  await using session = await inside(act, act.world.address, names.target);
  const doing = `closing ${names.target}`;
  await session.change([setAccess(names.target, 'RESTRICTED_USER')], { doing });
  const others = await session.connection.ask(readOthersHere(), sessionRow, { doing });
  // One that has gone by itself, or that the service may not end, keeps nobody from going on: the rename says it.
  for (const one of others) await session.change([killSession(one.session)], { doing }).catch(ignore);
}

function ignore(error: unknown): void {
  if (error instanceof FencedError) throw error;
}

const renameAll = (act: AzureAct, parts: readonly Part[]): Promise<void> =>
  together(
    parts.map(async ({ role, renames }) => {
      for (const one of renames) await rename(act, role, one);
    }),
  );

const PAUSE_MS = 5_000;
const WITHIN_MS = 120_000;

/**
 * One rename, found done or done. The answer to one may be lost, and a name that was given up a moment ago may still count as taken:
 * before each try it is looked where the database is, by the identity that it keeps.
 */
async function rename(
  act: AzureAct,
  { role, names, target, incoming, previous }: RoleScan,
  { from, to }: Rename,
): Promise<void> {
  const { world, runId, clock, signal } = act;
  const { targetManager: manager, targetServer: server, writables } = world;
  const placed = { target, incoming, previous }[from];
  const identity = placed?.resource.properties.databaseId;
  const [left, right] = [writables.target(role, from, runId), writables.target(role, to, runId)];
  const startedAt = clock.elapsedMs();
  for (;;) {
    signal.throwIfAborted();
    const there = await manager.database(server, right.name);
    if (there !== undefined && there.properties.databaseId === identity)
      return act.log(`${names[from]} is ${names[to]}`);
    const here = await manager.database(server, left.name);
    if (here === undefined || identity === undefined || here.properties.databaseId !== identity)
      throw new SwapIncompleteError(act.target.name, `${left.name} is another database than a moment ago`);
    try {
      await guarded(act, () => manager.rename(left, right, signal));
      return act.log(`${names[from]} is ${names[to]}`);
    } catch (error) {
      const mayBeDone =
        error instanceof RetryableError || isRefusal(error, 400) || isRefusal(error, 404) || isRefusal(error, 409);
      if (!mayBeDone || clock.elapsedMs() - startedAt > WITHIN_MS) throw error;
      await clock.sleep(PAUSE_MS, signal);
    }
  }
}

/** A switch that cannot be finished is undone, unless that fails as well: then the next act looks again. */
async function putBack(act: AzureAct, cause: unknown): Promise<void> {
  if (cause instanceof FencedError) return;
  try {
    const parts = partsOf(act, await scanWorld(act.world, act.runId), 'swap-back');
    await renameAll(act, parts);
    act.log('The switch was undone');
  } catch {
    act.log('The switch could not be undone; it is looked at again');
  }
}

async function proveStanding(act: AzureAct, wanted: 'old' | 'new'): Promise<void> {
  const found = targetOf(await scanWorld(act.world, act.runId));
  if (found !== wanted) throw new SwapIncompleteError(act.target.name, found);
}

/** As it was before a switch that was undone, or had not begun. */
export async function openFormer(act: AzureAct, { target, names }: RoleScan): Promise<void> {
  const before = target?.marks?.get('Rewind.Before');
  if (target?.isOnline !== true || before === undefined) return;
  await using session = await inside(act, act.world.address, names.target);
  if (before === 'MULTI_USER' && target.userAccess !== 'MULTI_USER')
    await session.change([openToAll(names.target)], { doing: `opening ${names.target}` });
  await mark(session, names.target, { 'Rewind.Before': undefined });
}
