import type { ActContext } from '../../provider.ts';
import { CopyOpenError } from '../errors.ts';
import { isStatementRefused } from '../../../databases/sqlServer/faults.ts';
import { change, guardOf } from '../fence.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { readAccess, readSysadminNames } from '../swap/principals.ts';
import { setAccess } from '../statements/access.ts';
import { denyConnect, dropUser } from '../statements/principals.ts';
import { listDatabases, findDatabase } from '../databases.ts';

/**
 * Shuts production's users out of the copy before anything else happens to it: all are denied at once, then dropped. Those
 * that own something stay as shells that may not enter, members of db_owner among them.
 * @throws CopyOpenError
 */
export async function closeCopy(line: Connection, context: ActContext, copy: string): Promise<void> {
  const guard = guardOf(context);
  const doing = `closing ${copy}`;
  const users = (await readAccess(line, copy)).users.map(({ name }) => name);
  await change(line, guard, [setAccess(copy, 'RESTRICTED_USER'), ...users.map((user) => denyConnect(copy, user))], {
    doing,
  });
  const shells: string[] = [];
  for (const user of users) {
    try {
      await change(line, guard, [dropUser(copy, user)], { doing });
    } catch (error) {
      if (!isStatementRefused(error)) throw error;
      shells.push(user);
    }
  }
  const owned = shells.length === 0 ? '' : `; ${String(shells.length)} own something and stay without a way in`;
  context.log(`${copy}: ${String(users.length - shells.length)} users of production are dropped${owned}`);
  await proveClosed(line, context, copy);
}

async function proveClosed(line: Connection, { log }: ActContext, copy: string): Promise<void> {
  const { users, isDenied } = await readAccess(line, copy);
  const admitted = users.map(({ name }) => name).filter((name) => !isDenied(name));
  const database = findDatabase(await listDatabases(line), copy);
  if (admitted.length > 0 || database?.userAccess !== 'RESTRICTED_USER') throw new CopyOpenError(copy, admitted);
  const sysadmins = (await readSysadminNames(line)).join(', ') || 'not visible to the service';
  log(`${copy}: only the service gets in; no database can keep out the members of sysadmin: ${sysadmins}`);
}
