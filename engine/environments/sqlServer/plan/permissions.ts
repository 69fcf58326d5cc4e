import { z } from 'zod';
import { DATABASE_ROLES, type Environment } from '../../../contracts.ts';
import type { Permission } from '../../providerDefinition.ts';
import { examineFolders } from '../source/headers/examineFolders.ts';
import { type Connection, openReadingConnection } from '../../../databases/sqlServer/connection.ts';
import { readServerFacts } from '../../../databases/sqlServer/serverFacts.ts';
import type { Servers } from '../../../databases/sqlServer/servers.ts';
import { sandboxSettings, sourceSettings } from '../settings.ts';
import { readSourceRole } from '../statements/backupHistory.ts';
import {
  MSDB_TABLES,
  readDatabasePermissions,
  readMsdbPermissions,
  readPermissions,
} from '../statements/permissions.ts';
import { quoteName } from '../../../databases/sqlServer/quote.ts';

const answer = z.number().nullable();
const permissionRow = z.object({
  sysadmin: answer,
  dbcreator: answer,
  viewServerState: answer,
  viewAnyDefinition: answer,
  alterAnyConnection: answer,
});

/** What the service may do on the server of one environment. */
export async function listPermissions(environment: Environment, servers: Servers): Promise<readonly Permission[]> {
  if (environment.kind !== 'sandbox') return sourcePermissions(environment, servers);
  const { server } = sandboxSettings.parse(environment.settings);
  const rights = await targetPermissions(environment, await servers.connection(server));
  return [loggedIn(server, servers), ...rights];
}

/** Only asked of a server that has let the service in. */
const loggedIn = (url: string, servers: Servers): Permission => ({
  name: `login as ${servers.address(url).authentication}`,
  has: true,
  isNeeded: true,
  why: `at ${servers.address(url).title}`,
  statement: '',
});

async function sourcePermissions(source: Environment, servers: Servers): Promise<readonly Permission[]> {
  const settings = sourceSettings.parse(source.settings);
  if (settings.from === 'history-file') return [];
  const connection = await servers.connection(settings.server);
  if (settings.from === 'backup-location') {
    const rights = await readRights(connection);
    await using reading = await openReadingConnection(servers.address(settings.server));
    return [...headerRights(rights), ...(await examineFolders(reading, settings))];
  }
  const [row] = await connection.ask(readSourceRole(), z.object({ isSysadmin: answer }), {
    doing: 'reading the rights on production',
  });
  return [
    loggedIn(settings.server, servers),
    {
      name: 'no sysadmin on production',
      has: row?.isSysadmin === 0,
      isNeeded: true,
      why: 'whoever reads the backup history must not be able to change production',
      statement:
        row?.isSysadmin === 0
          ? ''
          : `ALTER SERVER ROLE sysadmin DROP MEMBER ${quoteName(servers.address(settings.server).user || 'login')};`,
    },
  ];
}

const doing = 'reading the rights of the service';

interface Rights {
  readonly row: z.infer<typeof permissionRow> | undefined;
  /** The login, in brackets. */
  readonly service: string;
}

async function readRights(connection: Connection): Promise<Rights> {
  const { login } = await readServerFacts(connection);
  const [row] = await connection.ask(readPermissions(), permissionRow, { doing });
  return { row, service: quoteName(login || 'service') };
}

const isOneOf = (...values: readonly (number | null | undefined)[]) =>
  values.every((value) => value === undefined || value === null) ? 'unknown' : values.includes(1);

const headerRights = ({ row, service }: Rights): readonly Permission[] =>
  withStatements(service, [
    {
      name: 'dbcreator',
      has: isOneOf(row?.dbcreator, row?.sysadmin),
      isNeeded: true,
      why: 'read the headers of backups',
    },
    {
      name: 'VIEW SERVER STATE',
      has: isOneOf(row?.viewServerState),
      isNeeded: false,
      why: 'see when a backup file was changed; without it all headers are read again and again',
    },
  ]);

const withStatements = (service: string, rights: readonly Omit<Permission, 'statement'>[]): readonly Permission[] =>
  rights.map((right) =>
    Object.assign(right, { statement: right.has === true ? '' : statementFor(right.name, service) }),
  );

async function targetPermissions(target: Environment, connection: Connection): Promise<readonly Permission[]> {
  const { row, service } = await readRights(connection);
  const listed = withStatements(service, [
    {
      name: 'dbcreator',
      has: isOneOf(row?.dbcreator, row?.sysadmin),
      isNeeded: true,
      why: 'restore the copies, rename and drop them',
    },
    {
      name: 'VIEW SERVER STATE',
      has: isOneOf(row?.viewServerState),
      isNeeded: false,
      why: 'percentages of long restores, free space per volume, who holds a database',
    },
    {
      name: 'VIEW ANY DEFINITION',
      has: isOneOf(row?.viewAnyDefinition),
      isNeeded: true,
      why: 'tell databases apart by GUID, see certificates',
    },
    {
      name: 'ALTER ANY CONNECTION',
      has: isOneOf(row?.alterAnyConnection),
      isNeeded: false,
      why: 'disconnect a service that reconnects during the swap',
    },
  ]);
  const databases: Permission[] = [];
  for (const role of DATABASE_ROLES) {
    const name = target.databases[role];
    const [found] = await connection.ask(readDatabasePermissions(name), z.object({ control: answer }), { doing });
    const has = isOneOf(found?.control);
    databases.push({
      name: `db_owner of ${name}`,
      has,
      isNeeded: true,
      why: 'read and write its users, rights and marks, rename it, close it and open it',
      statement:
        has === true
          ? ''
          : `USE ${quoteName(name)}; CREATE USER ${service} FOR LOGIN ${service}; ALTER ROLE db_owner ADD MEMBER ${service};`,
    });
  }
  const [tables] = await connection.ask(readMsdbPermissions(), z.record(z.string(), answer), { doing });
  const missing = MSDB_TABLES.filter((table) => tables?.[table] !== 1);
  const neighbours: Permission = {
    name: 'SELECT on jobs and log shipping in msdb',
    has: missing.length === 0,
    isNeeded: false,
    why: 'name what else works with the target; log shipping is refused only where it can be seen',
    statement:
      missing.length === 0
        ? ''
        : `USE msdb; CREATE USER ${service} FOR LOGIN ${service}; ${missing.map((table) => `GRANT SELECT ON dbo.${table} TO ${service};`).join(' ')}`,
  };
  const tooMuch: Permission = {
    name: 'no sysadmin',
    has: row?.sysadmin === 0,
    isNeeded: false,
    why: 'the rights above are enough; as sysadmin the service also hands the new database to the owner of the former one',
    statement: row?.sysadmin === 1 ? `ALTER SERVER ROLE sysadmin DROP MEMBER ${service};` : '',
  };
  return [...listed, ...databases, neighbours, tooMuch];
}

const statementFor = (name: string, service: string): string =>
  name === 'dbcreator' ? `ALTER SERVER ROLE dbcreator ADD MEMBER ${service};` : `GRANT ${name} TO ${service};`;
