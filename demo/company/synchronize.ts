import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../engine/clock.ts';
import { readVariables } from '../../env/variables.ts';
import { openDatabase, runText, type Database } from './dialects/openDatabase.ts';
import { PROFILES } from './profiles.ts';
import { APPLICATION_SCHEMAS, APPLICATION_TRIGGERS, APPLICATION_VIEWS, companyTables } from './schema/company.ts';
import { createIndexSql, createTableSql, qualifiedName, type Index, type Table } from './schema/table.ts';
import { quoteName } from './dialects/dialect.ts';

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
  await using database = openDatabase(databaseUrl);
  say(`Synchronizing ${decodeURIComponent(new URL(databaseUrl).pathname.slice(1))}, customizations: ${customizations}`);
  const tables = companyTables(PROFILES[customizations === 'test' ? 'test' : 'prod']).application;
  // One connection: what the owner of the objects is, it remembers.
  return await database.db.connection().execute(async (db) => {
    const run = <Row>(text: string) => runText<Row>(db, text);
    const to: Synchronization = { run, dialect: database.dialect, say };
    for (const statement of to.dialect.asOwner) await run(statement);
    for (const schema of APPLICATION_SCHEMAS) await run(to.dialect.createSchema(schema));
    for (const table of tables) await run(createTableSql(table, to.dialect));
    await addColumns(to, tables);
    for (const table of tables) {
      for (const index of table.indexes) if (!(await addIndex(to, table, index))) return false;
    }
    for (const [name, select] of Object.entries(APPLICATION_VIEWS)) await run(to.dialect.createView(name, select));
    for (const trigger of APPLICATION_TRIGGERS) {
      for (const statement of to.dialect.createTrigger(trigger)) await run(statement);
    }
    say('Synchronized: tables, columns, indexes, views and triggers are as the code expects');
    return true;
  });
}

interface Synchronization extends Pick<Database, 'run' | 'dialect'> {
  readonly say: (line: string) => void;
}

/** Columns that an older release did not have; rows get no value there. */
async function addColumns({ run, dialect }: Synchronization, tables: readonly Table[]): Promise<void> {
  const rows = await run<{ readonly schema: string; readonly table: string; readonly column: string }>(
    'SELECT TABLE_SCHEMA AS "schema", TABLE_NAME AS "table", COLUMN_NAME AS "column" FROM INFORMATION_SCHEMA.COLUMNS',
  );
  const present = new Set(rows.map(({ schema, table, column }) => `${schema}.${table}.${column}`));
  for (const table of tables) {
    for (const [column, declaration] of Object.entries(table.columns)) {
      if (present.has(`${table.schema ?? dialect.usualSchema}.${table.name}.${column}`)) continue;
      await run(dialect.addColumn(table, column, dialect.column(declaration).replace(/ NOT NULL.*/, '')));
    }
  }
}

async function addIndex({ run, dialect, say }: Synchronization, table: Table, index: Index): Promise<boolean> {
  try {
    await run(createIndexSql(table, index, dialect));
    return true;
  } catch (error) {
    const refusal = dialect.refusalOf(error);
    if (refusal === undefined) throw error;
    // The error's text quotes the customer number: only the object and how many rows are in the way are said.
    const inTheWay = await rowsInTheWay(run, table, index);
    say(`Table ${table.name}: index ${index.name} cannot be created (${refusal})`);
    say(
      `  ${index.isUnique ? 'Unique' : 'Not unique'} on ${index.columns.join(', ')}; ${inTheWay} rows share their value with another row`,
    );
    say(`  Mend the data in ${table.name} or withdraw the customization, then synchronize again`);
    return false;
  }
}

async function rowsInTheWay(run: Database['run'], table: Table, { columns }: Index): Promise<number> {
  const key = columns.map(quoteName).join(', ');
  const [shared] = await run<{ readonly rows: string }>(
    `SELECT coalesce(sum(n), 0) AS "rows" FROM (SELECT count(*) AS n FROM ${qualifiedName(table)} GROUP BY ${key} HAVING count(*) > 1) AS shared`,
  );
  return Number(shared?.rows ?? 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { 'database-url': { type: 'string' }, customizations: { type: 'string', default: 'none' } },
  });
  const { customizations } = values;
  // A worker hands the address over in the environment: a command line is for everybody to read.
  const databaseUrl = values['database-url'] ?? readVariables()['REWIND_APPLICATION_URL'];
  if (databaseUrl === undefined || (customizations !== 'none' && customizations !== 'test')) {
    console.error('Usage: synchronize.ts --database-url postgres://…|mssql://… --customizations none|test');
    process.exitCode = 2;
  } else {
    const isSynchronized = await synchronize(databaseUrl, customizations, (line) =>
      console.log(`${systemClock.now()} ${line}`),
    );
    process.exitCode = isSynchronized ? 0 : 1;
  }
}
