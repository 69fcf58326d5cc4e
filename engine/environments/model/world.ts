import type { Clock } from '../../clock.ts';
import type { DatabaseRole, Instant, RecoveryGap } from '../../contracts.ts';
import type { Provider } from '../provider.ts';
import { openModelProvider } from './provider.ts';
import type { Fault, ModelState, RecordedAction } from './state.ts';
import { type ModelDatabase, replay, runStatement, type Statement } from './server.ts';

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
