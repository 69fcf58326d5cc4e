import type { Login } from './model.ts';
import type { Database, Principal, Securable } from './databaseModel.ts';

/** What the fixed server roles bring with them, as far as it matters here. */
const rolePermissions: Readonly<Record<string, readonly string[]>> = {
  dbcreator: ['CREATE ANY DATABASE', 'ALTER ANY DATABASE', 'VIEW ANY DATABASE'],
  processadmin: ['ALTER ANY CONNECTION', 'VIEW SERVER STATE'],
  serveradmin: ['VIEW SERVER STATE', 'ALTER SERVER STATE'],
  securityadmin: ['ALTER ANY LOGIN'],
};

const implied: Readonly<Record<string, readonly string[]>> = {
  'CONTROL SERVER': ['*'],
  'ALTER ANY DATABASE': ['CREATE ANY DATABASE', 'VIEW ANY DATABASE'],
  'VIEW SERVER STATE': ['VIEW SERVER PERFORMANCE STATE', 'VIEW SERVER SECURITY STATE'],
  'ALTER SERVER STATE': ['VIEW SERVER STATE'],
};

export function isSysadmin(login: Login): boolean {
  return login.roles.has('sysadmin') || login.permissions.has('CONTROL SERVER');
}

export function hasServerPermission(login: Login, permission: string): boolean {
  if (isSysadmin(login) || ['CONNECT SQL', 'VIEW ANY DATABASE'].includes(permission)) return true;
  const own = [...login.permissions, ...[...login.roles].flatMap((role) => rolePermissions[role] ?? [])];
  return own.some((each) => each === permission || (implied[each] ?? []).includes(permission));
}

/** The login's user in a database; `dbo` for its owner and for members of sysadmin. */
export function userOf(database: Database, login: Login): Principal | undefined {
  const dbo = database.principals.find(({ name }) => name === 'dbo');
  if (isSysadmin(login) || database.owner === login.name) return dbo;
  return database.principals.find(({ type, sid }) => type !== 'R' && sid === login.sid);
}

export function isDbOwner(database: Database, login: Login): boolean {
  const user = userOf(database, login);
  return user?.name === 'dbo' || user?.roles.has('db_owner') === true;
}

/** Whether a login may work in a database at all. master, msdb and tempdb let everybody in as guest. */
export function mayConnect(database: Database, login: Login): boolean {
  if (isSysadmin(login)) return true;
  if (database.isSystem) return true;
  const user = userOf(database, login);
  if (!user || user.permissions.some(({ state, name }) => state === 'DENY' && name === 'CONNECT')) return false;
  if (database.userAccess !== 'RESTRICTED_USER') return true;
  return isDbOwner(database, login) || login.roles.has('dbcreator');
}

/** Whether a login may change a database as a whole: its name, its options; drop it; restore over it. */
export function mayAlterDatabase(database: Database, login: Login): boolean {
  return (
    hasServerPermission(login, 'ALTER ANY DATABASE') ||
    (database.state === 'ONLINE' && isDbOwner(database, login)) ||
    database.owner === login.name
  );
}

const readers = ['db_owner', 'db_datareader'];
const writers = ['db_owner', 'db_datawriter'];

/** Whether a user may read or change a table of a database. */
export function mayUseTables(
  database: Database,
  login: Login,
  action: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'ALTER',
  table?: Required<Securable>,
): boolean {
  if (isDbOwner(database, login)) return true;
  const user = userOf(database, login);
  if (!user) return false;
  const own = [user, ...database.principals.filter(({ type, name }) => type === 'R' && user.roles.has(name))]
    .flatMap(({ permissions }) => permissions)
    .filter(({ name, on }) => (name === action || name === 'CONTROL') && covers(on, table));
  if (own.some(({ state }) => state === 'DENY')) return false;
  if (own.length > 0) return true;
  const roles = action === 'SELECT' ? readers : action === 'ALTER' ? ['db_owner', 'db_ddladmin'] : writers;
  return roles.some((role) => user.roles.has(role));
}

function covers(on: Securable | undefined, table: Securable | undefined): boolean {
  if (!on) return true;
  const same = (one: string | undefined, other: string | undefined) => one?.toLowerCase() === other?.toLowerCase();
  return same(on.schema, table?.schema) && (on.object === undefined || same(on.object, table?.object));
}
