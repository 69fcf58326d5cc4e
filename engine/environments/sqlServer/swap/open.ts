import type { Act } from '../act.ts';
import { markOf } from '../databases.ts';
import { SwapIncompleteError } from '../errors.ts';
import { isStatementRefused } from '../../../databases/sqlServer/faults.ts';
import { removeMark } from '../marks.ts';
import { targetOf } from '../observe.ts';
import { admitUsers } from './prepareUsers.ts';
import { readServerFacts } from '../../../databases/sqlServer/serverFacts.ts';
import { setAccess, setStatisticsAsync } from '../statements/access.ts';
import { setOwner } from '../statements/options.ts';
import { addMember, createUser } from '../statements/principals.ts';
import { scanTarget, type RoleScan } from '../scanTarget.ts';

/** Lets the target's own users in, who wait in the new database since the swap, and opens the door. */
export async function openTarget(act: Act): Promise<void> {
  const { connection, target, runId, log } = act;
  const scan = await scanTarget(connection, target, runId);
  const found = targetOf(scan);
  if (found !== 'old' && found !== 'new') throw new SwapIncompleteError(target.name, found);
  for (const role of scan.roles) {
    if (found === 'new') await openNew(act, role);
    else await openFormer(act, role);
  }
  log(`${target.name} is open`);
}

async function openNew(act: Act, { names, previous, target }: RoleScan): Promise<void> {
  const former = previous?.database.state === 'ONLINE' ? previous : undefined;
  // An earlier call got as far as the door.
  if (target?.database.userAccess === 'MULTI_USER') return;
  await admitUsers(act, names.target);
  if (former !== undefined) await giveOwner(act, names.target, former.database.owner);
  const isAsync = markOf(former?.marks, 'Rewind.Before')?.includes('STATISTICS ASYNC') ?? false;
  const statistics = isAsync ? [setStatisticsAsync(names.target, true)] : [];
  await act.change([...statistics, setAccess(names.target, 'MULTI_USER')], {
    doing: `opening ${names.target}`,
  });
}

/** Only a member of sysadmin can hand a database to another login and still get into it. */
async function giveOwner(act: Act, database: string, owner: string | null): Promise<void> {
  const { isSysadmin, login } = await readServerFacts(act.connection);
  if (owner === null || owner.toLowerCase() === login.toLowerCase()) return;
  // As owner the service needs no user; without both, the next refresh could not get in (916).
  const byHand = [
    setOwner(database, owner),
    createUser(database, { name: login, login, defaultSchema: null }),
    addMember(database, 'db_owner', login),
  ];
  if (!isSysadmin) return act.log(`${database} is owned by ${login}; as the former one by hand: ${byHand.join('; ')}`);
  try {
    await act.change([setOwner(database, owner)], { doing: `giving ${database} to ${owner}` });
    act.log(`${database} is owned by ${owner}, as the former one was`);
  } catch (error) {
    if (!isStatementRefused(error)) throw error;
    act.log(`${database} stays with ${login}: ${owner} cannot own it`);
  }
}

/** The former database, after a swap that was undone or had not begun. */
async function openFormer(act: Act, { target }: RoleScan): Promise<void> {
  if (target === undefined) return;
  if (target.unreadable) throw target.unreadable;
  const { database, marks } = target;
  const before = markOf(marks, 'Rewind.Before') ?? 'MULTI_USER';
  const access = before.includes('RESTRICTED_USER') ? 'RESTRICTED_USER' : 'MULTI_USER';
  const statistics =
    before.includes('STATISTICS ASYNC') && !database.isStatisticsAsync ? [setStatisticsAsync(database.name, true)] : [];
  const doors = database.userAccess === access ? [] : [setAccess(database.name, access)];
  await act.change([...statistics, ...doors], { doing: `opening ${database.name}` });
  await removeMark(act, database, marks, 'Rewind.Before');
}
