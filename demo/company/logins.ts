import { randomBytes } from 'node:crypto';
import { DATABASE_ROLES, type DatabaseRole } from '../../engine/contracts.ts';
import type { ClusterAccess } from '../clusters/configuration.ts';
import type { EnvironmentName } from './profiles.ts';
import { DATABASES } from './schema/company.ts';

/**
 * Logins of the company's clusters. `postgres` created the cluster; `axdbadmin` owns the databases and `axruntimeuser`
 * works in them, as in F&O. `rewind` is the product's own on sandboxes, a superuser there. Production has none for it but
 * `rewind_reader`, which sees versions and the states of jobs; `auditor` reads all of production, for people who look inside.
 */
export type Login = 'postgres' | 'axdbadmin' | 'axruntimeuser' | 'rewind' | 'rewind_reader' | 'auditor';

export type Passwords = Readonly<Partial<Record<Login, string>>>;

export function loginsOf(environment: EnvironmentName): readonly Login[] {
  const own: readonly Login[] = environment === 'prod' ? ['rewind_reader', 'auditor'] : ['rewind'];
  return ['postgres', 'axdbadmin', 'axruntimeuser', ...own];
}

/** A password of its own for every login of every environment. */
export function makePasswords(environment: EnvironmentName): Passwords {
  return Object.fromEntries(loginsOf(environment).map((login) => [login, randomBytes(18).toString('base64url')]));
}

/** Who may come in: everybody into the company's databases, the product's own login into all of a sandbox. */
export function accessOf(environment: EnvironmentName): readonly ClusterAccess[] {
  const ordinary = loginsOf(environment).filter((login) => login !== 'postgres' && login !== 'rewind');
  return [
    ...(environment === 'prod' ? [] : [{ databases: ['all'], roles: ['rewind'] }]),
    { databases: Object.values(DATABASES), roles: ordinary },
  ];
}

export interface LoginAddress {
  readonly port: number;
  readonly passwords: Passwords;
  readonly login: Login;
}

export function addressOf({ port, passwords, login }: LoginAddress, database: string): string {
  const password = passwords[login];
  if (password === undefined) throw new Error(`There is no login ${login} here`);
  return `postgres://${login}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** One login's addresses of both databases. */
export function addressesOf(login: LoginAddress): Readonly<Record<DatabaseRole, string>> {
  const [application, financialReporting] = DATABASE_ROLES;
  return {
    application: addressOf(login, DATABASES[application]),
    financialReporting: addressOf(login, DATABASES[financialReporting]),
  };
}
