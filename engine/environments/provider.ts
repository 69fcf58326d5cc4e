import type { CompiledQuery } from 'kysely';
import type {
  CheckResult,
  DatabaseRole,
  Guarantees,
  Instant,
  Reachers,
  Retirement,
  Sandbox,
  Source,
  Survey,
} from '../contracts.ts';
import type { Observation } from './observation.ts';

/**
 * The port behind which a database platform can restore an environment, always as the whole set of its databases.
 * The engine only loops: observe, act until it is as wanted. docs/decisions/provider-port.md maps every call
 * for PostgreSQL, SQL Server and Azure SQL.
 */
export interface Provider {
  readonly name: string;
  readonly guarantees: Guarantees;

  /** Recovery windows of a source; never touches the source's databases. */
  survey(source: Source): Promise<Survey>;

  /**
   * What a restore of `source` at `at` would do. Looks, changes nothing.
   * @throws TerminalError when `at` cannot be reached (names the gap and the nearest moments).
   */
  plan(source: Source, target: Sandbox, at: Instant): Promise<RestorePlan>;

  /**
   * Looks at the target's own server: which database stands under the target's name, which copies lie beside it, whose they are;
   * and at the source's, where half of a restore lies there.
   */
  observe(target: Sandbox, runId: string, source: Source): Promise<Observation>;

  /** A connection to one database, for reading alone. Dispose it before the next `act`. */
  session(...database: DatabaseToRead): Promise<ReadSession>;

  /** The one way to change anything on a target or on a copy beside it. Opens nothing by itself. */
  open(target: Sandbox, hold: Hold, source: Source): Writer;

  /** Measures what only the platform knows for the plan and `rewind doctor`. Absent values are unknown, not failed. */
  measure(environment: Source | Sandbox): Promise<Measures>;

  /** Who can read the target's databases, and so the copy, without the application. */
  reachers(target: Sandbox): Promise<Reachers>;

  /**
   * Environment variables with which an installation's command (services, synchronization) reaches the databases of one
   * side: `REWIND_SERVER`, `REWIND_PORT`, `REWIND_APPLICATION_DATABASE`, `REWIND_FINANCIAL_REPORTING_DATABASE`,
   * `REWIND_APPLICATION_URL`. The last holds a password: it goes to a synchronization that asks for it, and nowhere else.
   */
  commandVariables(target: Sandbox, side: Side, runId: string): Readonly<Record<string, string>>;

  /** The exact statements or commands with which a person would finish or undo the swap by hand. */
  handbook(target: Sandbox, runId: string, source: Source): Promise<Handbook>;

  close(): Promise<void>;
}

export interface Handbook {
  readonly finish: readonly string[];
  readonly undo: readonly string[];
}

export type DatabaseToRead =
  | [environment: Source, side: 'source', database: DatabaseRole, runId?: undefined]
  | [environment: Sandbox, side: Side, database: DatabaseRole, runId?: string];

/** The database under the target's name, or the copy beside it. */
export type Side = 'target' | 'incoming';

/** By what right a worker changes a target: its run, the fence of its lease, and the signal with which either ends. */
export interface Hold {
  readonly runId: string;
  /** Grows with every worker that takes the target; a smaller one than the target's server has seen is refused. */
  readonly fence: number;
  /** Aborted, it ends at the server what is being carried out there, and nothing is begun any more. */
  readonly signal: AbortSignal;
  /** Told in a sentence what a session waits for, where a platform breaks it off. */
  readonly say?: (sentence: string) => void;
}

/**
 * One worker's hands on one target. Every statement goes with the fence, and the target's server compares it where the
 * change happens: a worker that slept through its lease changes nothing when it wakes up.
 */
export interface Writer extends Hold {
  observe(): Promise<Observation>;

  /** Brings one change about. Safe to repeat at any time, also after a crash in its middle. @throws FencedError */
  act(action: Action, options: ActOptions): Promise<void>;

  /** A connection to one database that ends with the hold. `execute` @throws FencedError. Dispose it before the next `act`. */
  session(side: Side, database: DatabaseRole): Promise<Session>;

  /** As `session`, for reading alone. */
  read(side: Side, database: DatabaseRole): Promise<ReadSession>;

  /**
   * Reads the copy beside the target for damage: `physical` page checksums, `full` also logical structure.
   * @returns one line for the log: what was read. @throws TerminalError naming the damaged object.
   */
  checkIntegrity(depth: 'physical' | 'full'): Promise<string>;
}

export interface RestorePlan {
  readonly sourceIdentity: string;
  readonly targetIdentity: string;
  /** The absolute instant per database; the same for all unless the platform has to round. */
  readonly at: Readonly<Record<DatabaseRole, Instant>>;
  /** What `measure` would say of the source, where the plan rests on the same reading of it. */
  readonly sourceMeasures?: Measures;
  /** One line per backup that is read. */
  readonly chain: readonly string[];
  /** What the platform alone can see and a careful administrator would want to know; stands beside the conditions. */
  readonly checks?: readonly CheckResult[];
  /** Former databases that have to go before the copy has room. Part of what is approved. */
  readonly retires?: readonly Retirement[];
  /** All former databases that lie beside the target, by the run that replaced them. */
  readonly formers?: readonly Retirement[];
  /** Copies that lie beside the target, whole or not, of whichever run. One is enough, so the plan names them and drops them. */
  readonly copies?: readonly Retirement[];
  readonly restoreBytes?: number;
  /** How long the restore may take by what the backups themselves took; absent where they do not say. */
  readonly restoreGuess?: Span;
}

export interface Span {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export type Action =
  /** Restore all databases of the source as they stood at the recovery point beside the target, closed to all but the service, marked with the run. */
  | 'restore'
  /** old → previous, copy → target, all databases or none; the target stays closed. */
  | 'swap'
  /** previous → target, the new database → incoming again; open afterwards as it was. */
  | 'swap-back'
  /** Let the target's ordinary logins in again. */
  | 'open'
  /** Drop the copy beside the target (incoming) of this run. */
  | 'drop-incoming'
  /** Drop the database that this run replaced. */
  | 'drop-previous';

/** What an act needs beside the hold. */
export interface ActOptions {
  readonly source: Source;
  readonly at: Instant;
  /**
   * Durable before a remote operation is polled; read back from `remembered` after a crash. What is remembered under
   * `leads-outside-…` or `not-kept-…` becomes an item of the administrator's checklist.
   */
  readonly remember: (key: string, value: string) => Promise<void>;
  readonly remembered: Readonly<Record<string, string>>;
  readonly progress: (percent: number | undefined, detail: string) => void;
  readonly log: (text: string) => void;
}

/** Everything an act knows, as a provider hands it on. */
export interface ActContext extends Hold, ActOptions {
  readonly target: Sandbox;
}

export interface Measures {
  readonly sizeBytes?: number;
  readonly freeBytes?: number;
  /** Two environments with the same identity are the same databases, whatever they are called. */
  readonly identity?: string;
  /** Each database by itself, where an environment is more than one: one that is production's is enough. */
  readonly databaseIdentities?: readonly string[];
  readonly serverTime?: Instant;
  /** What a person should see to; stops nothing by itself. */
  readonly findings?: readonly Finding[];
}

export interface Finding {
  readonly what: string;
  readonly remedy: string;
}

export type Dialect = 'postgres' | 'mssql';

export interface ReadSession extends AsyncDisposable {
  readonly dialect: Dialect;
  select<Row>(query: CompiledQuery<Row>): Promise<readonly Row[]>;

  /** Reads what does not fit into memory: nothing of it is kept. For statements that give text or bytes. */
  pour(query: CompiledQuery, sink: FieldSink): Promise<void>;
}

/** Is told of every row, field by field. What it throws ends the reading. */
export interface FieldSink {
  /**
   * A text is told in UTF-8. The bytes belong to the caller again once it returns; other ones are told in another buffer. NULL is left
   * out.
   */
  field(column: number, bytes: Buffer, from: number, to: number): void;
  row(): void;
}

/** Only sandboxes have one: a source is read-only by type. */
export interface Session extends ReadSession {
  execute(query: CompiledQuery): Promise<{ readonly rowCount: number }>;

  /** Several statements in one transaction: all of them or none. @returns the rows of each; 0 for those that count none. */
  executeTogether(queries: readonly CompiledQuery[]): Promise<readonly number[]>;

  /**
   * A statement that no transaction admits (VACUUM, ALTER DATABASE). The fence is compared in front of it alone, so it is
   * for what does no harm when it comes late.
   */
  maintain(query: CompiledQuery): Promise<void>;

  /** Of a platform that breaks off by itself what goes on; absent: whoever meets an error begins the step again. */
  readonly breaks?: Breaks;
}

export interface Breaks {
  /** As `executeTogether`, never repeated by itself: for whoever looks what became of it, and makes the next one smaller. */
  once(queries: readonly CompiledQuery[]): Promise<readonly number[]>;
  /** Waits a while behind an error that may pass; false when it may not, or has been waited for often enough. */
  outlast(error: unknown): Promise<boolean>;
}
