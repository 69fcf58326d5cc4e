import type { Clock } from '../../clock.ts';
import type { DatabaseRole, Instant, RecoveryGap } from '../../contracts.ts';
import type { Action } from '../provider.ts';
import type { ModelDatabase, Statement } from './server.ts';

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
