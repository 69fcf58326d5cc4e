import type { DatabaseRole } from '../../engine/contracts.ts';
import type { EnvironmentName } from './profiles.ts';

export type Addresses = Readonly<Record<DatabaseRole, string>>;

/** Where one environment is, and how to get in: as the product does (`application`, `financialReporting`) or under other logins. */
export interface CompanyEnvironment extends Addresses {
  /** Files of its services, and of its servers if they are the demo's own. */
  readonly folder: string;
  /** `administrator` may do everything there; the others are F&O's own. */
  readonly as: Readonly<Record<'administrator' | 'axdbadmin' | 'axruntimeuser', Addresses>>;
  /** For people who look inside: of production it reads everything and changes nothing. */
  readonly auditor: Addresses;
  readonly entry: EnvironmentEntry;
}

/** What environments.yaml says about where an environment lies; passwords stand in variables. */
export interface EnvironmentEntry {
  readonly provider: string;
  readonly databases: Readonly<Record<DatabaseRole, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where the backups of a sandbox lie that has some of its own. */
  readonly backups?: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string>>;
}

/** Production's backups, which go on while it works. */
export interface Archive extends AsyncDisposable {
  /** Resolves when all of production up to and with `change` can be restored. */
  upToNow(change: () => Promise<void>): Promise<void>;
}

/** What keeps the company's databases: clusters of the demo's own, or a server that somebody named. */
export interface CompanyHome extends AsyncDisposable {
  /** How hard people work in production. */
  readonly commitsPerSecond: number;
  /** Makes and fills one environment: databases, logins, tables, rows. The rows are the same every time. */
  found(name: EnvironmentName): Promise<CompanyEnvironment>;
  /** Backs production up for the first time, and from then on as it works. */
  archive(production: CompanyEnvironment, say: (line: string) => void): Promise<Archive>;
  /** Backs a sandbox up, and again whenever it has been switched; absent where nobody does. */
  keepBackedUp?(sandbox: CompanyEnvironment): AsyncDisposable;
  /** A database for the journal; it outlives whatever happens to the environments. */
  journal(): Promise<{ readonly url: string }>;
  /** A port of 127.0.0.1 for the services of a sandbox. */
  servicePort(sandbox: Exclude<EnvironmentName, 'prod'>): number;
}
