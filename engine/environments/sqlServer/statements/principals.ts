import { quoteName } from '../../../databases/sqlServer/quote.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';
import { catalogueOf, type Where, within } from './where.ts';

/** Users and roles of one database that somebody has made. */
export const readPrincipals = (database: Where): Statement => ({
  text: [
    'SELECT p.name, p.type, p.default_schema_name AS defaultSchema, p.authentication_type_desc AS authentication,',
    '       SUSER_SNAME(p.sid) AS login, p.sid',
    `FROM ${catalogueOf(database)}.database_principals AS p`,
    "WHERE p.principal_id > 4 AND p.is_fixed_role = 0 AND p.type IN ('S', 'U', 'G', 'E', 'X', 'R', 'C', 'K')",
    'ORDER BY p.principal_id;',
  ].join('\n'),
});

export const readMemberships = (database: Where): Statement => ({
  text: [
    'SELECT r.name AS role, m.name AS member',
    `FROM ${catalogueOf(database)}.database_role_members AS rm`,
    `JOIN ${catalogueOf(database)}.database_principals AS r ON r.principal_id = rm.role_principal_id`,
    `JOIN ${catalogueOf(database)}.database_principals AS m ON m.principal_id = rm.member_principal_id`,
    "WHERE m.name <> N'dbo'",
    'ORDER BY rm.role_principal_id, rm.member_principal_id;',
  ].join('\n'),
});

/** Rights, with the names of schemas and objects as GRANT would name them; of other securables the kind alone. */
export const readGrants = (database: Where): Statement => ({
  text: [
    'SELECT g.state_desc AS state, g.permission_name AS permission, g.class_desc AS class,',
    '       p.name AS grantee, s.name AS schemaName, o.name AS objectName, os.name AS objectSchema',
    `FROM ${catalogueOf(database)}.database_permissions AS g`,
    `JOIN ${catalogueOf(database)}.database_principals AS p ON p.principal_id = g.grantee_principal_id`,
    `LEFT JOIN ${catalogueOf(database)}.schemas AS s ON g.class = 3 AND s.schema_id = g.major_id`,
    `LEFT JOIN ${catalogueOf(database)}.objects AS o ON g.class = 1 AND o.object_id = g.major_id`,
    `LEFT JOIN ${catalogueOf(database)}.schemas AS os ON os.schema_id = o.schema_id`,
    "WHERE g.minor_id = 0 AND p.is_fixed_role = 0 AND p.name NOT IN (N'dbo', N'public', N'guest')",
    'ORDER BY g.class, g.major_id, g.grantee_principal_id, g.permission_name;',
  ].join('\n'),
});

/** Schemas and roles that users and roles of a database own: such a principal cannot be dropped (15138, 15421). */
export const readOwned = (database: Where): Statement => ({
  text: [
    "SELECT p.name AS owner, 'SCHEMA' AS kind, s.name AS name",
    `FROM ${catalogueOf(database)}.schemas AS s`,
    `JOIN ${catalogueOf(database)}.database_principals AS p ON p.principal_id = s.principal_id`,
    'WHERE p.principal_id > 4 AND p.is_fixed_role = 0',
    'UNION ALL',
    "SELECT p.name AS owner, 'ROLE' AS kind, r.name AS name",
    `FROM ${catalogueOf(database)}.database_principals AS r`,
    `JOIN ${catalogueOf(database)}.database_principals AS p ON p.principal_id = r.owning_principal_id`,
    'WHERE p.principal_id > 4 AND p.is_fixed_role = 0;',
  ].join('\n'),
});

/** Who is a member of sysadmin cannot be kept out of any database: the log names them. */
export const readSysadmins = (): Statement => ({
  text: [
    'SELECT m.name',
    'FROM sys.server_role_members AS rm',
    'JOIN sys.server_principals AS r ON r.principal_id = rm.role_principal_id',
    'JOIN sys.server_principals AS m ON m.principal_id = rm.member_principal_id',
    "WHERE r.name = N'sysadmin' AND m.is_disabled = 0",
    'ORDER BY m.name;',
  ].join('\n'),
});

/** Holds against members of db_owner too; only dbo and sysadmin stand above it. */
export const denyConnect = (database: Where, user: string): string =>
  within(database, `DENY CONNECT TO ${quoteName(user)}`);

export const dropUser = (database: Where, user: string): string => within(database, `DROP USER ${quoteName(user)}`);

export interface NewUser {
  readonly name: string;
  readonly login: string | null;
  readonly defaultSchema: string | null;
  /** As sys.database_principals has it: an account (E) or a group or application (X) of Entra is asked of Entra. */
  readonly type?: string;
}

export function createUser(database: Where, { name, login, defaultSchema, type = 'S' }: NewUser): string {
  const without = /^[EX]$/.test(type) ? 'FROM EXTERNAL PROVIDER' : 'WITHOUT LOGIN';
  const from = login === null ? without : `FOR LOGIN ${quoteName(login)}`;
  const schema = defaultSchema === null ? '' : ` WITH DEFAULT_SCHEMA = ${quoteName(defaultSchema)}`;
  return within(database, `CREATE USER ${quoteName(name)} ${from}${schema}`);
}

/** Production's user of that name, shut out until now, becomes the target's: the SID of the target's login. */
export const adoptUser = (database: Where, user: string, login: string): string =>
  within(database, `ALTER USER ${quoteName(user)} WITH LOGIN = ${quoteName(login)}`);

export const giveToOwner = (
  database: Where,
  { kind, name }: { readonly kind: 'SCHEMA' | 'ROLE'; readonly name: string },
): string => within(database, `ALTER AUTHORIZATION ON ${kind}::${quoteName(name)} TO [dbo]`);

/** Takes a denial back as well. */
export const grantConnect = (database: Where, user: string): string =>
  within(database, `GRANT CONNECT TO ${quoteName(user)}`);

/** Users who get in when the target is opened, and not before. */
export const WAITING_ROLE = 'rewind_waiting';

export const dropRole = (database: Where, role: string): string => within(database, `DROP ROLE ${quoteName(role)}`);

export const createRole = (database: Where, role: string): string => within(database, `CREATE ROLE ${quoteName(role)}`);

export const addMember = (database: Where, role: string, member: string): string =>
  within(database, `ALTER ROLE ${quoteName(role)} ADD MEMBER ${quoteName(member)}`);

export const dropMember = (database: Where, role: string, member: string): string =>
  within(database, `ALTER ROLE ${quoteName(role)} DROP MEMBER ${quoteName(member)}`);

export interface Grant {
  readonly state: 'GRANT' | 'DENY' | 'GRANT_WITH_GRANT_OPTION';
  readonly permission: string;
  readonly grantee: string;
  readonly on: { readonly kind: 'database' } | { readonly kind: 'schema'; readonly name: string } | ObjectName;
}

interface ObjectName {
  readonly kind: 'object';
  readonly schema: string;
  readonly name: string;
}

/** `permission` is a name of the server's own list: words in capitals. */
export function grant(database: Where, { state, permission, grantee, on }: Grant): string {
  const verb = state === 'DENY' ? 'DENY' : 'GRANT';
  const option = state === 'GRANT_WITH_GRANT_OPTION' ? ' WITH GRANT OPTION' : '';
  return within(database, `${verb} ${permission}${securable(on)} TO ${quoteName(grantee)}${option}`);
}

function securable(on: Grant['on']): string {
  switch (on.kind) {
    case 'database':
      return '';
    case 'schema':
      return ` ON SCHEMA::${quoteName(on.name)}`;
    case 'object':
      return ` ON OBJECT::${quoteName(on.schema)}.${quoteName(on.name)}`;
  }
}
