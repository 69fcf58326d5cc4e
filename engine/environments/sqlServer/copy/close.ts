import type { Act } from '../act.ts';
import { CopyOpenError } from '../errors.ts';
import { isStatementRefused } from '../../../databases/sqlServer/faults.ts';
import { readAccess, readSysadminNames } from '../swap/principals.ts';
import { setAccess } from '../statements/access.ts';
import { denyConnect, dropUser } from '../statements/principals.ts';
import { listDatabases, findDatabase } from '../databases.ts';
import { nameOf, type Where } from '../statements/where.ts';
import type { Changing } from '../swap/prepareUsers.ts';

/**
 * Shuts production's users out of the copy before anything else happens to it: all are denied at once, then dropped. Those
 * that own something stay as shells that may not enter, members of db_owner among them.
 * @throws CopyOpenError
 */
export async function closeCopy(act: Act, copy: string): Promise<void> {
  await shutUsersOut(act, copy);
  await proveClosed(act, copy);
}

/** `service`: its own user there, where it is not the owner. */
export async function shutUsersOut(act: Changing, copy: Where, service?: string): Promise<void> {
  const doing = `closing ${nameOf(copy)}`;
  const { users: all } = await readAccess(act.connection, copy);
  const users = all.map(({ name }) => name).filter((name) => name !== service);
  await act.change([setAccess(nameOf(copy), 'RESTRICTED_USER'), ...users.map((user) => denyConnect(copy, user))], {
    doing,
  });
  const shells: string[] = [];
  for (const user of users) {
    try {
      await act.change([dropUser(copy, user)], { doing });
    } catch (error) {
      if (!isStatementRefused(error)) throw error;
      shells.push(user);
    }
  }
  const owned = shells.length === 0 ? '' : `; ${String(shells.length)} own something and stay without a way in`;
  act.log(`${nameOf(copy)}: ${String(users.length - shells.length)} users of production are dropped${owned}`);
}

async function proveClosed({ connection, log }: Act, copy: string): Promise<void> {
  const { users, isDenied } = await readAccess(connection, copy);
  const admitted = users.map(({ name }) => name).filter((name) => !isDenied(name));
  const database = findDatabase(await listDatabases(connection), copy);
  if (admitted.length > 0 || database?.userAccess !== 'RESTRICTED_USER') throw new CopyOpenError(copy, admitted);
  const sysadmins = (await readSysadminNames(connection)).join(', ') || 'not visible to the service';
  log(`${copy}: only the service gets in; no database can keep out the members of sysadmin: ${sysadmins}`);
}
