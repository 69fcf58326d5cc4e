import { Client } from 'pg';
import { DATABASE_ROLES } from '../../engine/contracts.ts';
import { addressOf, loginsOf, type Login, type Passwords } from './logins.ts';
import type { Profile } from './profiles.ts';
import { APPLICATION_VIEWS, companyTables, DATABASES } from './schema/company.ts';
import {
  createIndexSql,
  createTableSql,
  createViewSql,
  insertSql,
  quoteName,
  quoteText,
  type Table,
} from './schema/table.ts';

/** Tables and views that `rewind_reader` sees: versions and the states of jobs. */
const READER_SEES = new Set(['SYSENVIRONMENTINFO', 'CONTROLVERSION', 'BATCHJOB', 'RECURRINGDATAJOBVIEW']);

/** Fills a new, running cluster with one environment: logins, both databases, tables and rows. The same every time. */
export async function seedEnvironment(options: {
  readonly profile: Profile;
  readonly port: number;
  readonly passwords: Passwords;
}): Promise<void> {
  const { profile, passwords } = options;
  const superuser = { ...options, login: 'postgres' } as const;
  await inDatabase(addressOf(superuser, 'postgres'), async (client) => {
    for (const statement of loginStatements(profile, passwords)) await client.query(statement);
    for (const database of Object.values(DATABASES)) {
      await client.query(`CREATE DATABASE ${quoteName(database)} OWNER axdbadmin STRATEGY file_copy`);
    }
  });
  const tables = companyTables(profile);
  await Promise.all(
    DATABASE_ROLES.map((role) =>
      inDatabase(addressOf(superuser, DATABASES[role]), (client) =>
        fill(client, {
          database: DATABASES[role],
          tables: tables[role],
          views: role === 'application' ? APPLICATION_VIEWS : {},
          profile,
        }),
      ),
    ),
  );
}

function loginStatements({ name }: Profile, passwords: Passwords): readonly string[] {
  const attributes: Partial<Record<Login, string>> = { rewind: 'SUPERUSER' };
  return loginsOf(name)
    .filter((login) => login !== 'postgres')
    .map((login) => `CREATE ROLE ${login} LOGIN ${attributes[login] ?? ''} PASSWORD ${quoteText(passwords[login])}`);
}

interface Content {
  readonly database: string;
  readonly tables: readonly Table[];
  readonly views: Readonly<Record<string, string>>;
  readonly profile: Profile;
}

async function fill(client: Client, { database, tables, views, profile }: Content): Promise<void> {
  // One transaction: rows that go into a table of the same transaction need no WAL.
  await client.query('BEGIN');
  await client.query('SET LOCAL ROLE axdbadmin');
  for (const table of tables) {
    await client.query(createTableSql(table));
    const insert = insertSql(table);
    if (insert !== undefined) await client.query(insert);
    for (const index of table.indexes) await client.query(createIndexSql(table, index));
  }
  for (const [name, select] of Object.entries(views)) await client.query(createViewSql(name, select));
  for (const statement of grantStatements({ database, tables, views, profile })) await client.query(statement);
  await client.query('COMMIT');
}

function grantStatements({ database, tables, views, profile }: Content): readonly string[] {
  const names = [...tables.map(({ name }) => name), ...Object.keys(views)];
  const readerSees = names.filter((name) => READER_SEES.has(name)).map(quoteName);
  const runtime = 'SELECT, INSERT, UPDATE, DELETE ON TABLES TO axruntimeuser';
  return [
    `REVOKE ALL ON DATABASE ${quoteName(database)} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${quoteName(database)} TO axruntimeuser`,
    `GRANT ${runtime.replace('TABLES', 'ALL TABLES IN SCHEMA public')}`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ${runtime}`,
    ...(profile.name === 'prod'
      ? [
          `GRANT CONNECT ON DATABASE ${quoteName(database)} TO rewind_reader, auditor`,
          `GRANT SELECT ON ${readerSees.join(', ')} TO rewind_reader`,
          `GRANT SELECT ON ALL TABLES IN SCHEMA public TO auditor`,
        ]
      : []),
  ];
}

async function inDatabase(databaseUrl: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
