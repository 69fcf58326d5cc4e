import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE_ROLES } from '../../engine/contracts.ts';
import { quoteName, quoteText } from '../../engine/databases/sqlServer/quote.ts';
import { openDatabase } from '../company/dialects/openDatabase.ts';
import { sqlServer } from '../company/dialects/sqlServer.ts';
import type { Addresses, CompanyEnvironment, EnvironmentEntry } from '../company/home.ts';
import { PROFILES, type EnvironmentName } from '../company/profiles.ts';
import { contentOf, READER_SEES } from '../company/schema/company.ts';
import type { Administrator } from './administrator.ts';
import { ALL_LOGINS, databasesOf, loginOf, SERVICE, type Login } from './names.ts';

/** What founding an environment asks of whoever may do everything on its server. */
export type Founder = Pick<Administrator, 'run' | 'url' | 'ownUrl'>;

/** Addresses under the demo's logins. */
export interface Ways {
  to(login: string, database?: string): string;
  as(login: Login, environment: EnvironmentName): Addresses;
}

export function waysOf(founder: Founder, passwords: ReadonlyMap<string, string>): Ways {
  const to = (name: string, database?: string) => founder.url({ name, password: passwords.get(name) ?? '' }, database);
  return {
    to,
    as: (login, environment) => bothOf(environment, (database) => to(loginOf(environment, login), database)),
  };
}

/** Random, and with the kinds of characters that a server's password policy counts. */
export const makePasswords = (): ReadonlyMap<string, string> =>
  new Map(ALL_LOGINS.map((login) => [login, `${randomBytes(18).toString('base64url')}-aA1`]));

export const createLogin = (founder: Founder, name: string, password: string): Promise<void> =>
  founder.run('master', `CREATE LOGIN ${quoteName(name)} WITH PASSWORD = ${quoteText(password)};`);

export async function giveRole(founder: Founder, database: string, login: string, role: string): Promise<void> {
  const user = quoteName(login);
  await founder.run(
    database,
    `IF DATABASE_PRINCIPAL_ID(${quoteText(login)}) IS NULL CREATE USER ${user} FOR LOGIN ${user};
ALTER ROLE ${quoteName(role)} ADD MEMBER ${user};`,
  );
}

interface Founding {
  readonly founder: Founder;
  readonly ways: Ways;
  readonly root: string;
  /** An empty one. */
  readonly makeDatabase: (name: string) => Promise<void>;
  readonly entry: EnvironmentEntry;
}

/** Of the rows that production has on clusters of the demo's own: a server that is somebody's is not to be filled. */
const SCALE = 0.1;

export async function foundEnvironment(
  name: EnvironmentName,
  { founder, ways, root, makeDatabase, entry }: Founding,
): Promise<CompanyEnvironment> {
  const folder = join(root, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const content = contentOf({ ...PROFILES[name], scale: SCALE }, sqlServer);
  for (const role of DATABASE_ROLES) {
    const database = databasesOf(name)[role];
    await makeDatabase(database);
    await using filling = openDatabase(founder.ownUrl(database));
    for (const statement of content[role].statements) await filling.run(statement);
    await admitLogins(founder, name, database, content[role].names);
  }
  const service = name === 'prod' ? ways.as('reader', name) : bothOf(name, (database) => ways.to(SERVICE, database));
  return {
    ...service,
    folder,
    as: {
      administrator: bothOf(name, (database) => founder.ownUrl(database)),
      axdbadmin: ways.as('axdbadmin', name),
      axruntimeuser: ways.as('axruntimeuser', name),
    },
    auditor: name === 'prod' ? ways.as('auditor', name) : service,
    entry,
  };
}

function bothOf(environment: EnvironmentName, url: (database: string) => string): Addresses {
  const { application, financialReporting } = databasesOf(environment);
  return { application: url(application), financialReporting: url(financialReporting) };
}

async function admitLogins(
  founder: Founder,
  environment: EnvironmentName,
  database: string,
  names: readonly string[],
): Promise<void> {
  const give = (login: Login, role: string) => giveRole(founder, database, loginOf(environment, login), role);
  await give('axdbadmin', 'db_owner');
  await give('axruntimeuser', 'db_datareader');
  await give('axruntimeuser', 'db_datawriter');
  if (environment !== 'prod') return giveRole(founder, database, SERVICE, 'db_owner');
  await give('auditor', 'db_datareader');
  const reader = quoteName(loginOf(environment, 'reader'));
  const sees = names
    .filter((name) => READER_SEES.has(name))
    .map((name) => `GRANT SELECT ON dbo.${quoteName(name)} TO ${reader};`);
  await founder.run(database, [`CREATE USER ${reader} FOR LOGIN ${reader};`, ...sees].join('\n'));
}
