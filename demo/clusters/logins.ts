import { randomBytes } from 'node:crypto';
import type { Addresses } from '../company/home.ts';
import type { EnvironmentName } from '../company/profiles.ts';
import { DATABASES } from '../company/schema/company.ts';
import type { ClusterAccess } from './configuration.ts';

/**
 * Logins of the company's clusters. `postgres` created the cluster; `axdbadmin` owns the databases and `axruntimeuser`
 * works in them, as in F&O. `rewind` is the product's own on sandboxes, a superuser there. Production has none for it but
 * `rewind_reader`, which sees versions and the states of jobs; `auditor` reads all of production, for people who look inside.
 */
export const LOGINS = ['postgres', 'axdbadmin', 'axruntimeuser', 'rewind', 'rewind_reader', 'auditor'] as const;
export type Login = (typeof LOGINS)[number];

export type Passwords = Readonly<Record<Login, string>>;

export function loginsOf(environment: EnvironmentName): readonly Login[] {
  const isProduction = environment === 'prod';
  return LOGINS.filter((login) =>
    isProduction ? login !== 'rewind' : login !== 'rewind_reader' && login !== 'auditor',
  );
}

/** A password of its own for every login of one environment. */
export function makePasswords(): Passwords {
  const password = () => randomBytes(18).toString('base64url');
  return {
    postgres: password(),
    axdbadmin: password(),
    axruntimeuser: password(),
    rewind: password(),
    rewind_reader: password(),
    auditor: password(),
  };
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

/** An address without its database: the product chooses among both. */
export function serverAddressOf({ port, passwords, login }: LoginAddress): string {
  return `postgres://${login}:${passwords[login]}@127.0.0.1:${port}`;
}

export function addressOf(login: LoginAddress, database: string): string {
  return `${serverAddressOf(login)}/${database}`;
}

/** One login's addresses of both databases. */
export function addressesOf(login: LoginAddress): Addresses {
  return {
    application: addressOf(login, DATABASES.application),
    financialReporting: addressOf(login, DATABASES.financialReporting),
  };
}
