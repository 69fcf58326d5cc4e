import type { StandIn } from '../sqlServer/standIn.ts';
import type { Database } from '../sqlServer/state/databaseModel.ts';

/**
 * The marks behind behaviours: R recorded in traffic of Azure, D documented, I reported in an issue, A assumed.
 * A logical server, with a stand-in of its databases behind it.
 */
export interface AzureServer {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
  location: string;
  readonly sql: StandIn;
  readonly pools: { readonly name: string; readonly tier: string; state: string }[];
  readonly usages: Usage[];
  readonly failoverGroups: { readonly name: string; readonly databases: string[] }[];
  /** Names that were given up a moment ago, and until when they stay taken (I). */
  readonly taken: Map<string, number>;
}

/** What Resource Manager knows of a database beside what the database itself knows. */
export interface Resource {
  /** R: stays through renames. */
  readonly databaseId: string;
  createdAt: number;
  tags: Record<string, string>;
  sku: { name: string; tier: string; family?: string; capacity: number };
  pool: string | undefined;
  maxSizeBytes: number;
  retentionDays: number;
  longTermRetention: string | undefined;
  /** Of a restored or copied database: the file that its log continues; a new one was empty. */
  base: string | undefined;
  /** Restoring, Copying, Paused, Suspect; Online without it. */
  status: string | undefined;
  /** D: geo-replication. */
  replication: 'Primary' | 'Secondary' | undefined;
  usedBytes: number;
}

export interface Running {
  readonly id: string;
  readonly kind: 'CreateRestoreRequest' | 'CreateDatabaseAsCopy' | 'DropLogicalDatabase' | 'UpdateLogicalDatabase';
  readonly server: AzureServer;
  readonly database: Database | undefined;
  readonly databaseName: string;
  readonly segment: string;
  readonly startedAt: number;
  readonly endsAt: number;
  state: 'InProgress' | 'Succeeded' | 'Failed' | 'Cancelled';
  error: string | undefined;
  readonly complete: () => void;
}

/** How long what takes, milliseconds of the stand-in's time: R where Azure was recorded. */
export interface Pace {
  readonly restoreMs: number;
  readonly copyMs: number;
  readonly updateMs: number;
  readonly deleteMs: number;
  /** R 2.5 to 3 minutes on an empty database. */
  readonly firstBackupMs: number;
  /** I. */
  readonly retryAfterSeconds: number;
}

export const RECORDED_PACE: Pace = {
  restoreMs: 274_000,
  copyMs: 75_000,
  updateMs: 15_000,
  deleteMs: 14_000,
  firstBackupMs: 180_000,
  retryAfterSeconds: 15,
};

export interface Lock {
  readonly scope: string;
  readonly name: string;
  readonly level: 'CanNotDelete' | 'ReadOnly';
}

export interface Azure {
  readonly servers: AzureServer[];
  readonly resources: WeakMap<Database, Resource>;
  readonly running: Running[];
  readonly locks: Lock[];
  pace: Pace;
  /** `azsql-prod: servers/databases/read` and the like that the identity lacks; of other providers than Microsoft.Sql the whole name. */
  readonly withoutRights: Set<string>;
  /** The identity on production's server may rename databases, which it should not. */
  withExcess: boolean;
  /** I: how long a name stays taken that a rename has given up. */
  nameFreeAfterMs: number;
  /** A: how long a new database is missing from the list. */
  listedAfterMs: number;
  /** D: what the subscription may have in a region, and has; the names are assumed. */
  readonly regionUsages: Usage[];
  readonly now: () => number;
}

export interface Usage {
  readonly name: string;
  readonly currentValue: number;
  readonly limit: number;
}
