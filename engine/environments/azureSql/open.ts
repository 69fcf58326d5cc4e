import { SwapIncompleteError } from '../sqlServer/errors.ts';
import { admitUsers } from '../sqlServer/swap/prepareUsers.ts';
import { type AzureAct, inside } from './azureAct.ts';
import { openToAll } from './statements.ts';
import { openFormer } from './swap.ts';
import { type RoleScan, scanWorld, targetOf } from './world.ts';

/** Lets the target's own users in, who wait in the new database since the switch, and opens the door. */
export async function openTarget(act: AzureAct): Promise<void> {
  const roles = await scanWorld(act.world, act.runId);
  const found = targetOf(roles);
  if (found !== 'old' && found !== 'new') throw new SwapIncompleteError(act.target.name, found);
  for (const role of roles) await (found === 'new' ? openNew(act, role) : openFormer(act, role));
  act.log(`${act.target.name} is open`);
}

async function openNew(act: AzureAct, role: RoleScan): Promise<void> {
  const { names, target } = role;
  await nameRetention(act, role);
  if (target?.userAccess === 'MULTI_USER') return;
  await using session = await inside(act, act.world.address, names.target);
  await admitUsers(session, { here: names.target });
  await session.change([openToAll(names.target)], { doing: `opening ${names.target}` });
}

/**
 * What its backups hold of before the sanitization is restorable for as long as they are kept: they stay short, and an administrator
 * raises the retention when nothing of that is left.
 */
async function nameRetention(
  { world, remembered, remember }: AzureAct,
  { role, names, previous }: RoleScan,
): Promise<void> {
  const { targetManager: manager, targetServer: server } = world;
  if (previous === undefined) return;
  const [wanted, present] = await Promise.all(
    [names.previous, names.target].map((name) => manager.retentionDays(server, name)),
  );
  const key = `not-kept-retention-${role}`;
  if (wanted === present || remembered[key] !== undefined) return;
  await remember(
    key,
    `${names.target}: its backups are kept for ${String(present)} day, the former one’s for ${String(wanted)}; raise it a day from now, when none is left from before the sanitization`,
  );
}
