import type { Database, Principal, Securable } from '../state/databaseModel.ts';
import { toLocal } from '../state/serverTime.ts';
import { userTables } from '../state/tables.ts';
import { schemaId } from './schemas.ts';
import { flag, type View } from './view.ts';

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function majorId(database: Database, { schema, object }: Securable): number {
  if (object === undefined) return schemaId(database, schema);
  return userTables({ database }).find((table) => same(table.name, object) && same(table.schema, schema))?.id ?? 0;
}

const authentications = ['NONE', 'INSTANCE', 'DATABASE', 'WINDOWS', 'EXTERNAL'];

function authenticationOf({ type, id, isWithoutLogin }: Principal): string {
  if (type === 'R' || (id > 1 && id < 5) || isWithoutLogin) return 'NONE';
  if (type === 'E' || type === 'X') return 'EXTERNAL';
  return type === 'U' ? 'WINDOWS' : 'INSTANCE';
}

const idOf = ({ principals }: Database, name: string): number | null =>
  principals.find((each) => same(each.name, name))?.id ?? null;

const TYPES = {
  ...{ R: 'DATABASE_ROLE', S: 'SQL_USER', U: 'WINDOWS_USER' },
  ...{ E: 'EXTERNAL_USER', X: 'EXTERNAL_GROUP' },
} as const;

/** Users, roles and what they may do in a database. */
export const principalViews: readonly View[] = [
  {
    name: 'sys.database_principals',
    columns: {
      name: 'sysname',
      principal_id: 'int',
      type: 'char(1)',
      type_desc: 'nvarchar(60)',
      default_schema_name: 'sysname',
      sid: 'varbinary(85)',
      is_fixed_role: 'bit',
      authentication_type: 'int',
      authentication_type_desc: 'nvarchar(60)',
      owning_principal_id: 'int',
      create_date: 'datetime',
    },
    rows: ({ server, database }) =>
      database.principals.map((principal) => ({
        name: principal.name,
        principal_id: principal.id,
        type: principal.type,
        type_desc: TYPES[principal.type],
        default_schema_name: principal.type === 'R' ? null : 'dbo',
        sid: principal.sid === undefined ? null : Buffer.from(principal.sid, 'hex'),
        is_fixed_role: flag(principal.type === 'R' && principal.id >= 16_384),
        authentication_type: authentications.indexOf(authenticationOf(principal)),
        authentication_type_desc: authenticationOf(principal),
        owning_principal_id: principal.type === 'R' ? idOf(database, principal.owner ?? 'dbo') : null,
        create_date: toLocal(server, database.createdAt),
      })),
  },
  {
    name: 'sys.database_role_members',
    columns: { role_principal_id: 'int', member_principal_id: 'int' },
    rows: ({ database }) =>
      database.principals.flatMap((member) =>
        [...member.roles].flatMap((role) => {
          const found = database.principals.find(({ type, name }) => type === 'R' && name === role);
          return found ? [{ role_principal_id: found.id, member_principal_id: member.id }] : [];
        }),
      ),
  },
  {
    name: 'sys.database_permissions',
    columns: {
      class: 'tinyint',
      class_desc: 'nvarchar(60)',
      major_id: 'int',
      minor_id: 'int',
      grantee_principal_id: 'int',
      grantor_principal_id: 'int',
      permission_name: 'nvarchar(128)',
      state: 'char(1)',
      state_desc: 'nvarchar(60)',
    },
    rows: ({ database }) =>
      database.principals.flatMap((principal) =>
        principal.permissions.map(({ state, name, on }) => ({
          class: on === undefined ? 0 : on.object === undefined ? 3 : 1,
          class_desc: on === undefined ? 'DATABASE' : on.object === undefined ? 'SCHEMA' : 'OBJECT_OR_COLUMN',
          major_id: on === undefined ? 0 : majorId(database, on),
          minor_id: 0,
          grantee_principal_id: principal.id,
          grantor_principal_id: 1,
          permission_name: name,
          state: { GRANT: 'G', GRANT_WITH_GRANT_OPTION: 'W', DENY: 'D' }[state],
          state_desc: state,
        })),
      ),
  },
];
