import { z } from 'zod';
import { quoteName, quoteText } from '../../engine/databases/sqlServer/quote.ts';
import type { Administrator } from './administrator.ts';
import { SqlServerUnusableError } from './errors.ts';
import { ALL_LOGINS, databasesOf, hasNameOfDemo, JOURNAL, loginOf, PREFIX, SERVICE } from './names.ts';

const MARK = 'RewindDemo';

/** Marks a database as the demo's. Copies that are restored from it carry the mark as well. */
export async function mark(administrator: Administrator, database: string): Promise<void> {
  await administrator.run(database, `EXEC sp_addextendedproperty @name = N'${MARK}', @value = N'made by the demo';`);
}

/**
 * Takes away whatever the demo has made on the server: databases, backups with their history, logins.
 * @throws SqlServerUnusableError when something of that name is not the demo's; then nothing has been touched
 */
export async function clear(administrator: Administrator): Promise<void> {
  const databases = (await listDatabases(administrator)).filter(({ name }) => hasNameOfDemo(name));
  const logins = await listLogins(administrator);
  await refuseForeign(administrator, databases, logins);
  await deleteBackups(administrator);
  for (const database of databases) if (database.name !== JOURNAL) await drop(administrator, database);
  const history = loginOf('prod', 'history');
  await administrator.run('msdb', `DROP USER IF EXISTS ${quoteName(history)};`);
  for (const login of logins) await administrator.run('master', `DROP LOGIN ${quoteName(login)};`);
  for (const database of databases) if (database.name === JOURNAL) await drop(administrator, database);
}

const databaseRow = z.object({ name: z.string(), state: z.string(), owner: z.string().nullable() });
type Database = z.infer<typeof databaseRow>;

const listDatabases = (administrator: Administrator): Promise<readonly Database[]> =>
  administrator.ask(
    'SELECT name, state_desc AS state, SUSER_SNAME(owner_sid) AS owner FROM sys.databases ORDER BY name;',
    databaseRow,
  );

async function listLogins(administrator: Administrator): Promise<readonly string[]> {
  const found = await administrator.ask(
    `SELECT name FROM sys.server_principals WHERE type = 'S' ORDER BY name;`,
    z.object({ name: z.string() }),
  );
  return found.map(({ name }) => name).filter((name) => ALL_LOGINS.includes(name));
}

async function refuseForeign(
  administrator: Administrator,
  databases: readonly Database[],
  logins: readonly string[],
): Promise<void> {
  const marked = new Set<string>();
  for (const database of databases) if (await isMarked(administrator, database)) marked.add(database.name);
  const isDemoThere = marked.has(JOURNAL);
  // A database that is being restored cannot be asked for its mark; whoever restores it owns it.
  const isOurs = ({ name, owner }: Database) => marked.has(name) || (isDemoThere && owner === SERVICE);
  const foreign = [
    ...databases.filter((database) => !isOurs(database)).map(({ name }) => `database ${name}`),
    ...(isDemoThere ? [] : logins.map((name) => `login ${name}`)),
  ];
  if (foreign.length === 0) return;
  throw new SqlServerUnusableError(
    `${administrator.title} has what the demo has not made, under names that it needs: ${foreign.join(', ')}`,
    'Rename or drop it, or name another server. Nothing there was touched.',
  );
}

async function isMarked(administrator: Administrator, { name, state }: Database): Promise<boolean> {
  if (state !== 'ONLINE') return false;
  const found = await administrator.ask(
    `SELECT name FROM ${quoteName(name)}.sys.extended_properties WHERE class = 0 AND name = N'${MARK}';`,
    z.object({ name: z.string() }),
  );
  return found.length > 0;
}

async function drop(administrator: Administrator, { name, state }: Database): Promise<void> {
  const quoted = quoteName(name);
  const close = `ALTER DATABASE ${quoted} SET SINGLE_USER WITH ROLLBACK IMMEDIATE;`;
  await administrator.run('master', `${state === 'ONLINE' ? close : ''} DROP DATABASE ${quoted};`);
}

/** Files that msdb knows by their names, and then the rows: a later company's databases bear the same names. */
async function deleteBackups(administrator: Administrator): Promise<void> {
  const names = Object.values(databasesOf('prod'));
  const files = await administrator.ask(
    `SELECT DISTINCT f.physical_device_name AS path
       FROM msdb.dbo.backupset AS b JOIN msdb.dbo.backupmediafamily AS f ON f.media_set_id = b.media_set_id
      WHERE b.database_name IN (${names.map(quoteText).join(', ')});`,
    z.object({ path: z.string() }),
  );
  const own = files.filter(({ path }) => path.startsWith(`${administrator.backupFolder}${PREFIX}`));
  for (const { path } of own) await administrator.run('master', `EXEC master.sys.xp_delete_files ${quoteText(path)};`);
  for (const name of names)
    await administrator.run('msdb', `EXEC dbo.sp_delete_database_backuphistory @database_name = ${quoteText(name)};`);
}
