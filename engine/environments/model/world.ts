import type { Clock } from '../../clock.ts';
import type { DatabaseRole, Instant, RecoveryGap } from '../../contracts.ts';
import type { Action, Provider } from '../provider.ts';
import { openModelProvider } from './provider.ts';
import { type ModelDatabase, replay, runStatement, type Statement } from './server.ts';

/** Where a fault strikes: a call (`plan`, `survey`, `observe`, `session`) or the n-th sub-operation of an act (`swap:2`). */
export interface Fault {
  readonly at: string;
  /** Thrown there; without it the worker dies, which to the engine is an error that nobody can explain. */
  readonly error?: Error;
  /** Whether the sub-operation has taken effect; before it by default. */
  readonly when?: 'before' | 'after';
}

export interface RecordedAction {
  readonly action: Action;
  readonly runId: string;
  readonly target: string;
  readonly fence: number;
  readonly outcome: 'done' | 'failed';
}

/**
 * A production and its sandboxes in memory, with SQL Server's habits: a target is two databases, a swap is four renames,
 * and a worker can die between any two. It holds the port honest and is the engine's world in tests.
 */
export interface ModelWorld {
  readonly provider: Provider;
  readonly actions: readonly RecordedAction[];
  /** Commits one statement to a database of production now. */
  commit(role: DatabaseRole, statement: Statement): Instant;
  /** Does one statement in a database of a target, whatever its state. */
  change(target: string, role: DatabaseRole, statement: Statement): void;
  /** Loses the log backups between two instants. */
  lose(gap: RecoveryGap): void;
  /** Strikes once. */
  inject(fault: Fault): void;
  /** Databases on the target's server by name. */
  databasesOf(target: string): ReadonlyMap<string, Readonly<ModelDatabase>>;
  /** How the statements of production's history grow; equal texts, equal production. */
  fingerprint(): string;
}

/** What the provider and the hands of a test have in common. */
export interface ModelState {
  readonly clock: Clock;
  readonly history: { readonly at: Instant; readonly role: DatabaseRole; readonly statement: Statement }[];
  readonly backedUpAt: Instant;
  readonly gaps: RecoveryGap[];
  readonly faults: Fault[];
  readonly actions: RecordedAction[];
  readonly fences: Map<string, number>;
  readonly servers: Map<string, Map<string, ModelDatabase>>;
  serverOf(target: string): Map<string, ModelDatabase>;
}

export function createModelWorld(options: {
  readonly clock: Clock;
  /** Statements that every database begins with, for example its tables. */
  readonly schema?: readonly Statement[];
  /** Names of the databases; the same in every environment. */
  readonly databases?: Readonly<Record<DatabaseRole, string>>;
}): ModelWorld {
  const { clock, schema = [] } = options;
  const names = options.databases ?? { application: 'axdb', financialReporting: 'mrdb' };
  const state: ModelState = {
    clock,
    history: (['application', 'financialReporting'] as const).flatMap((role) =>
      schema.map((statement) => ({ at: clock.now(), role, statement })),
    ),
    backedUpAt: clock.now(),
    gaps: [],
    faults: [],
    actions: [],
    fences: new Map(),
    servers: new Map(),
    serverOf(target) {
      const server = state.servers.get(target) ?? new Map(Object.values(names).map((name) => [name, replay(schema)]));
      state.servers.set(target, server);
      return server;
    },
  };
  return {
    provider: openModelProvider(state),
    actions: state.actions,
    commit(role, statement) {
      const at = clock.now();
      state.history.push({ at, role, statement });
      return at;
    },
    change(target, role, statement) {
      const database = state.serverOf(target).get(names[role]);
      if (database === undefined) throw new Error(`${target} has no database ${names[role]} now`);
      runStatement(database.rows, statement);
    },
    lose: (gap) => void state.gaps.push(gap),
    inject: (fault) => void state.faults.push(fault),
    databasesOf: (target) => state.serverOf(target),
    fingerprint: () => JSON.stringify(state.history),
  };
}
