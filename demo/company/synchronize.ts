import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { Client, DatabaseError } from 'pg';
import { systemClock } from '../../engine/clock.ts';
import { readVariables } from '../../env/variables.ts';
import { PROFILES } from './profiles.ts';
import { APPLICATION_VIEWS, companyTables } from './schema/company.ts';
import { createIndexSql, createTableSql, createViewSql, quoteName, type Index, type Table } from './schema/table.ts';

/** `none`: the standard application; `test`: with the customization that gives every customer one loyalty card. */
export type Customizations = 'none' | 'test';

/**
 * Database synchronization in small: brings tables, columns, indexes and views of an application database to what the code
 * expects. `node demo/company/synchronize.ts --database-url … --customizations none|test`; ends with 1 and names the object when
 * the data does not allow it. Safe to repeat.
 */
export async function synchronize(
  databaseUrl: string,
  customizations: Customizations,
  say: (line: string) => void,
): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Objects belong to the owner of the database, whoever brings them up to date.
    await client.query(`SET ROLE axdbadmin`);
    say(`Synchronizing ${client.database ?? ''}, customizations: ${customizations}`);
    const tables = companyTables(PROFILES[customizations === 'test' ? 'test' : 'prod']).application;
    for (const table of tables) await client.query(createTableSql(table));
    await addColumns(client, tables);
    for (const table of tables) {
      for (const index of table.indexes) if (!(await addIndex(client, table, index, say))) return false;
    }
    for (const [name, select] of Object.entries(APPLICATION_VIEWS)) await client.query(createViewSql(name, select));
    say('Synchronized: tables, columns, indexes and views are as the code expects');
    return true;
  } finally {
    await client.end();
  }
}

/** Columns that an older release did not have; rows get no value there. */
async function addColumns(client: Client, tables: readonly Table[]): Promise<void> {
  const { rows } = await client.query<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'`,
  );
  const present = new Set(rows.map(({ table_name, column_name }) => `${table_name}.${column_name}`));
  for (const { name, columns } of tables) {
    for (const [column, type] of Object.entries(columns)) {
      if (present.has(`${name}.${column}`)) continue;
      await client.query(
        `ALTER TABLE ${quoteName(name)} ADD COLUMN ${quoteName(column)} ${type.replace(/ NOT NULL.*/, '')}`,
      );
    }
  }
}

async function addIndex(client: Client, table: Table, index: Index, say: (line: string) => void): Promise<boolean> {
  try {
    await client.query(createIndexSql(table, index));
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    // The error's detail quotes the customer number: only the object and how many rows are in the way are said.
    const inTheWay = await rowsInTheWay(client, table, index);
    say(`Table ${table.name}: index ${index.name} cannot be created (SQLSTATE ${error.code ?? 'unknown'})`);
    say(
      `  ${index.isUnique ? 'Unique' : 'Not unique'} on ${index.columns.join(', ')}; ${inTheWay} rows share their value with another row`,
    );
    say(`  Mend the data in ${table.name} or withdraw the customization, then synchronize again`);
    return false;
  }
}

async function rowsInTheWay(client: Client, { name }: Table, { columns }: Index): Promise<number> {
  const key = columns.map(quoteName).join(', ');
  const { rows } = await client.query<{ rows: string }>(
    `SELECT coalesce(sum(n), 0) AS rows FROM (SELECT count(*) AS n FROM ${quoteName(name)} GROUP BY ${key} HAVING count(*) > 1) AS shared`,
  );
  return Number(rows[0]?.rows ?? 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { 'database-url': { type: 'string' }, customizations: { type: 'string', default: 'none' } },
  });
  const { customizations } = values;
  // A worker hands the address over in the environment: a command line is for everybody to read.
  const databaseUrl = values['database-url'] ?? readVariables()['REWIND_APPLICATION_URL'];
  if (databaseUrl === undefined || (customizations !== 'none' && customizations !== 'test')) {
    console.error('Usage: synchronize.ts --database-url postgres://… --customizations none|test');
    process.exitCode = 2;
  } else {
    const isSynchronized = await synchronize(databaseUrl, customizations, (line) =>
      console.log(`${systemClock.now()} ${line}`),
    );
    process.exitCode = isSynchronized ? 0 : 1;
  }
}
