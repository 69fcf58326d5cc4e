import { schemaId } from '../catalogue/schemas.ts';
import { int, sysname, type SqlType, type Value } from '../sql/types.ts';
import type { Session } from './model.ts';
import type { Database } from './databaseModel.ts';
import {
  hasServerPermission,
  isDbOwner,
  isSysadmin,
  mayAlterDatabase,
  mayConnect,
  mayUseTables,
  userOf,
} from './permissions.ts';
import { userTables, type UserTable } from './tables.ts';

export interface SessionFunction {
  readonly type: SqlType;
  readonly run: (session: Session, operands: readonly Value[]) => Value;
}

const named = ({ server }: Session, name: Value): Database | undefined =>
  server.databases.find((each) => each.name.toLowerCase() === String(name).toLowerCase());

/** Scalar functions that know who asks, and where. */
export const sessionFunctions: Readonly<Record<string, SessionFunction>> = {
  DB_ID: {
    type: int,
    run: (session, [name]) => (name === undefined ? session.database : named(session, name))?.id ?? null,
  },
  DB_NAME: {
    type: sysname,
    run: ({ server, database }, [id]) =>
      (id === undefined ? database : server.databases.find((each) => each.id === id))?.name ?? null,
  },
  SUSER_SNAME: {
    type: sysname,
    run: ({ server, login }, [sid]) => {
      if (sid === undefined) return login.name;
      const hex = sid instanceof Uint8Array ? Buffer.from(sid).toString('hex') : '';
      return server.logins.find((each) => each.sid.toLowerCase() === hex)?.name ?? null;
    },
  },
  SERVERPROPERTY: {
    type: { name: 'sql_variant' },
    run: (session, [name]) => serverProperty(session, String(name).toLowerCase()),
  },
  IS_SRVROLEMEMBER: {
    type: int,
    run: ({ login, server }, [role, name]) => {
      const who = name === undefined ? login : server.logins.find((each) => each.name === name);
      return who ? Number(who.roles.has(String(role)) || isSysadmin(who)) : null;
    },
  },
  HAS_PERMS_BY_NAME: { type: int, run: hasPermission },
  OBJECT_ID: {
    type: int,
    run: (session, [name]) => {
      const { database, server } = session;
      const parts = String(name)
        .replaceAll(/[[\]"]/g, '')
        .split('.');
      const where =
        parts.length === 3
          ? server.databases.find((each) => each.name.toLowerCase() === parts[0]?.toLowerCase())
          : database;
      const [schema, table] = [parts.at(-2) || 'dbo', parts.at(-1) ?? ''].map((part) => part.toLowerCase());
      const isMeant = (each: UserTable) => each.name.toLowerCase() === table && each.schema.toLowerCase() === schema;
      return (where ? userTables({ session, database: where }) : []).find(isMeant)?.id ?? null;
    },
  },
  SCHEMA_ID: {
    type: int,
    run: ({ database }, [name]) => {
      const id = schemaId(database, String(name));
      return id === 5 ? null : id;
    },
  },
  DATABASE_PRINCIPAL_ID: {
    type: int,
    run: ({ database, login }, [name]) =>
      (name === undefined
        ? userOf(database, login)
        : database.principals.find((each) => each.name.toLowerCase() === String(name).toLowerCase())
      )?.id ?? null,
  },
};

function hasPermission(session: Session, [securable = null, kind = null, permission = null]: readonly Value[]): Value {
  const wanted = String(permission).toUpperCase();
  const { login } = session;
  if (kind === null || String(kind).toUpperCase() === 'SERVER') return Number(hasServerPermission(login, wanted));
  const parts = String(securable)
    .replaceAll(/[[\]"]/g, '')
    .split('.');
  const isDatabase = String(kind).toUpperCase() === 'DATABASE';
  const database = isDatabase
    ? named(session, unquoted(securable) ?? session.database.name)
    : parts.length === 3
      ? named(session, parts[0] ?? null)
      : session.database;
  if (!database) return null;
  if (wanted === 'CONNECT') return Number(mayConnect(database, login));
  if (wanted === 'ALTER' && isDatabase) return Number(mayAlterDatabase(database, login));
  if (wanted === 'SELECT' || wanted === 'INSERT' || wanted === 'UPDATE' || wanted === 'DELETE')
    return Number(mayUseTables(database, login, wanted, isDatabase ? undefined : tableOf(parts)));
  return Number(isDbOwner(database, login));
}

const tableOf = (parts: readonly string[]) => ({ schema: parts.at(-2) ?? 'dbo', object: parts.at(-1) ?? '' });

/** `[Rew]]ind]` is the database `Rew]ind`. */
function unquoted(name: Value): Value {
  const [, inner] = /^\[(.*)\]$/s.exec(typeof name === 'string' ? name : '') ?? [];
  return inner === undefined ? name : inner.replaceAll(']]', ']');
}

function serverProperty({ server }: Session, name: string): Value {
  const [major, minor, build] = server.version;
  const values: Readonly<Record<string, Value>> = {
    productversion: `${major}.${minor}.${build}.1`,
    productmajorversion: String(major),
    productminorversion: String(minor),
    productbuild: String(build),
    productlevel: 'RTM',
    edition: `${server.edition} (64-bit)`,
    engineedition: server.edition.startsWith('Express')
      ? 4
      : server.edition.startsWith('SQL Azure')
        ? 8
        : server.edition.startsWith('Standard') || server.edition.startsWith('Web')
          ? 2
          : 3,
    servername: server.name,
    machinename: server.name,
    instancename: null,
    collation: server.collation,
    ishadrenabled: 0,
    isclustered: 0,
    isintegratedsecurityonly: 0,
    instancedefaultdatapath: `${server.volumes[0]?.mountPoint ?? 'C:\\'}Data\\`,
    instancedefaultlogpath: `${server.volumes[0]?.mountPoint ?? 'C:\\'}Data\\`,
    instancedefaultbackuppath: `${server.volumes[0]?.mountPoint ?? 'C:\\'}Backup\\`,
    filestreameffectivelevel: server.filestreamLevel,
    isfulltextinstalled: 1,
  };
  return values[name] ?? null;
}
