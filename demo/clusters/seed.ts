import type { Client } from 'pg';
import { DATABASE_ROLES } from '../../engine/contracts.ts';
import { quoteName, quoteText } from '../company/dialects/dialect.ts';
import { postgres } from '../company/dialects/postgres.ts';
import type { Profile } from '../company/profiles.ts';
import { APPLICATION_SCHEMAS, contentOf, DATABASES, READER_SEES, type Content } from '../company/schema/company.ts';
import { connect } from './connect.ts';
import { addressOf, loginsOf, type Login, type Passwords } from './logins.ts';

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
  const content = contentOf(profile, postgres);
  await Promise.all(
    DATABASE_ROLES.map((role) =>
      inDatabase(addressOf(superuser, DATABASES[role]), (client) =>
        fill(client, content[role], grantStatements(DATABASES[role], content[role], profile)),
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

async function fill(client: Client, { statements }: Content, grants: readonly string[]): Promise<void> {
  // One transaction: rows that go into a table of the same transaction need no WAL.
  await client.query('BEGIN');
  await client.query('SET LOCAL ROLE axdbadmin');
  for (const statement of [...statements, ...grants]) await client.query(statement);
  await client.query('COMMIT');
}

function grantStatements(database: string, { names }: Content, profile: Profile): readonly string[] {
  const readerSees = names.filter((name) => READER_SEES.has(name)).map(quoteName);
  const schemas = ['public', ...(database === DATABASES.application ? APPLICATION_SCHEMAS : [])];
  const runtime = 'SELECT, INSERT, UPDATE, DELETE ON TABLES TO axruntimeuser';
  return [
    `REVOKE ALL ON DATABASE ${quoteName(database)} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${quoteName(database)} TO axruntimeuser`,
    ...schemas.flatMap((schema) => [
      `GRANT USAGE ON SCHEMA ${schema} TO axruntimeuser`,
      `GRANT ${runtime.replace('TABLES', `ALL TABLES IN SCHEMA ${schema}`)}`,
      `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT ${runtime}`,
    ]),
    ...(profile.name === 'prod'
      ? [
          `GRANT CONNECT ON DATABASE ${quoteName(database)} TO rewind_reader, auditor`,
          `GRANT SELECT ON ${readerSees.join(', ')} TO rewind_reader`,
          ...schemas.flatMap((schema) => [
            `GRANT USAGE ON SCHEMA ${schema} TO auditor`,
            `GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO auditor`,
          ]),
        ]
      : []),
  ];
}

async function inDatabase(databaseUrl: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = await connect(databaseUrl);
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
