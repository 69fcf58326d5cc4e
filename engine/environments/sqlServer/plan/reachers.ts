import { z } from 'zod';
import { DATABASE_ROLES, type Reachers } from '../../../contracts.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { loginList } from '../../loginList.ts';
import type { SqlServerSandbox } from '../settings.ts';
import { readPermissions } from '../statements/permissions.ts';
import { readSysadmins } from '../statements/principals.ts';
import { readControllers, readOwners } from '../statements/reachers.ts';

const name = z.object({ name: z.string() });
const doing = 'reading who reaches the copy without the application';

/** Whoever lacks VIEW ANY DEFINITION sees itself and the fixed logins alone. */
export async function reachersOf(connection: Connection, { databases }: SqlServerSandbox): Promise<Reachers> {
  const namesIn = async (statement: ReturnType<typeof readSysadmins>) =>
    (await connection.ask(statement, name, { doing })).map((row) => row.name);
  const owners = await Promise.all(DATABASE_ROLES.map((role) => namesIn(readOwners(databases[role]))));
  const rights = z.object({ viewAnyDefinition: z.number().nullable() });
  const [row] = await connection.ask(readPermissions(), rights, { doing });
  return {
    administrators: loginList([...(await namesIn(readSysadmins())), ...(await namesIn(readControllers()))]),
    owners: loginList(owners.flat()),
    isComplete: row?.viewAnyDefinition === 1,
  };
}
