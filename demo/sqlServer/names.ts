import type { DatabaseRole } from '../../engine/contracts.ts';
import { roleByName } from '../../engine/environments/sqlServer/names.ts';
import { ENVIRONMENT_NAMES, type EnvironmentName } from '../company/profiles.ts';

/** Everything that the demo makes on a server begins so; nothing else there is touched. */
export const PREFIX = 'rewind_demo_';

/** The journal's database. It is made first and dropped last: while it is there and marked, the logins are the demo's too. */
export const JOURNAL = `${PREFIX}journal`;

/** Made by the product itself, with its own rights. */
export const CONTROL = `${PREFIX}control`;

export function databasesOf(environment: EnvironmentName): Readonly<Record<DatabaseRole, string>> {
  return { application: `${PREFIX}${environment}_ax`, financialReporting: `${PREFIX}${environment}_mr` };
}

/** The product's login on the sandboxes: with the rights that docs/providers/sql-server.md asks for, and no others. */
export const SERVICE = `${PREFIX}service`;
export const JOURNAL_LOGIN = `${PREFIX}journal`;

/** Logins of F&O, one of each per environment; those of production that only read. */
export type Login = 'axdbadmin' | 'axruntimeuser' | 'history' | 'reader' | 'auditor';

export const loginOf = (environment: EnvironmentName, login: Login): string => `${PREFIX}${environment}_${login}`;

export const loginsOf = (environment: EnvironmentName): readonly Login[] => [
  'axdbadmin',
  'axruntimeuser',
  ...(environment === 'prod' ? (['history', 'reader', 'auditor'] as const) : []),
];

export const ALL_LOGINS: readonly string[] = [
  SERVICE,
  JOURNAL_LOGIN,
  ...ENVIRONMENT_NAMES.flatMap((name) => loginsOf(name).map((login) => loginOf(name, login))),
];

/** Whether a database has one of the demo's names, or one that the product gives to a copy beside a sandbox. */
export function hasNameOfDemo(database: string): boolean {
  const own = ENVIRONMENT_NAMES.flatMap((name) => Object.values(databasesOf(name)));
  return [JOURNAL, CONTROL, ...own].some((name) => roleByName(name, database) !== undefined);
}
