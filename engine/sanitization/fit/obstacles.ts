import type { Place } from '../rules/catalogue.ts';

/** What the catalogue of a database says of the tables that rules speak of. Everything here can be kept as JSON. */
export interface Obstacles {
  readonly tables: readonly TableObstacles[];
  /** Names of tables that a rule may not see because the session may not see every object. */
  readonly seesEverything: boolean;
  /** Materialized views that call functions of this database: what they read does not stand in the catalogue. */
  readonly unclearViews: readonly ViewFacts[];
}

/** One physical table: also each partition, each child, each history table of a table that a rule speaks of. */
export interface TableObstacles extends Place {
  readonly id: number;
  readonly kind: 'table' | 'partitioned' | 'foreign' | 'ledger' | 'memory-optimized';
  /** By the catalogue's own spelling. */
  readonly columns: ReadonlyMap<string, ColumnFacts>;
  readonly uniqueIndexes: readonly UniqueIndex[];
  readonly checks: readonly CheckConstraint[];
  /** Foreign keys of this table, and those that point at it. Only those that the server enforces. */
  readonly references: readonly ForeignKey[];
  readonly referencedBy: readonly ForeignKey[];
  readonly triggers: readonly TriggerFacts[];
  /** A policy filters what this very session sees of it. */
  readonly hidesRows: boolean;
  readonly history?: Place;
  /** Everything that reads the table, at any depth. */
  readonly views: readonly ViewFacts[];
  /** Partitions and children right below this table, and the tables right above it. */
  readonly parts: readonly Place[];
  readonly partOf: readonly Place[];
  readonly isTracked: boolean;
  /** Change data capture writes the rows' images into tables of its own. */
  readonly isCaptured: boolean;
  /** Statistics that somebody has defined over several columns or expressions. */
  readonly statistics: readonly ExtendedStatistics[];
  /** What the session may not do with the whole table. */
  readonly denied: readonly Right[];
}

export type Right = 'SELECT' | 'UPDATE' | 'DELETE' | 'ALTER' | 'UNMASK';

export interface ColumnFacts {
  /** As the server declares it: `decimal(32,16)`, `character varying(60)`. */
  readonly type: string;
  /** The server's name of the type behind it; empty for a CLR type. */
  readonly base: string;
  /** In characters; absent where the type has no limit. */
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly isNullable: boolean;
  /** Computed from other columns: `definition` says how. */
  readonly isComputed: boolean;
  readonly definition?: string;
  /** Numbers, row versions and periods that the server writes itself. */
  readonly isServerMade: boolean;
  readonly isEncrypted: boolean;
  readonly isMasked: boolean;
  readonly isPartitionKey: boolean;
  readonly collation?: string;
  /** The collation calls texts equal that are not the same ones, beyond what every comparison does. */
  readonly isLoose: boolean;
  readonly denied: readonly Right[];
}

export interface UniqueIndex {
  readonly name: string;
  /** Columns or expressions, in the server's own words and quoted. */
  readonly keys: readonly string[];
  /** Every column that the keys or the filter read. */
  readonly columns: readonly string[];
  readonly filter?: string;
  /** Two NULLs are the same value: always so on SQL Server. */
  readonly nullsAreEqual: boolean;
}

export interface CheckConstraint {
  readonly name: string;
  readonly definition: string;
  /** Old rows may break it, and the server looks at it with any change of a row. */
  readonly isUnproved: boolean;
}

export interface ForeignKey {
  readonly name: string;
  readonly from: Place;
  readonly columns: readonly string[];
  readonly to: Place;
  readonly toColumns: readonly string[];
}

export interface TriggerFacts {
  readonly name: string;
  /** `rule` is one of PostgreSQL's that adds to or replaces a change. */
  readonly kind: 'trigger' | 'rule';
  /** `replica` fires only where changes are replayed from another server. */
  readonly state: TriggerState;
  /** Tables that its text writes to, as it names them. */
  readonly writes: readonly string[];
}
export type TriggerState = 'on' | 'always' | 'replica' | 'off';

export interface ViewFacts {
  readonly schema: string;
  readonly view: string;
  readonly kind: 'view' | 'materialized' | 'indexed';
  readonly isFilled: boolean;
  /** How many views lie between it and the table: those further away are refreshed later. */
  readonly depth: number;
}

export interface ExtendedStatistics {
  readonly schema: string;
  readonly name: string;
  readonly definition: string;
}

export const nameOf = ({ schema, table }: Place): string => `${schema}.${table}`;

export const isSamePlace = (one: Place, other: Place): boolean =>
  one.schema === other.schema && one.table === other.table;
