import type { Clock } from '../../clock.ts';
import type { ServerAddress } from '../../databases/sqlServer/address.ts';
import type { Connection, SendOptions } from '../../databases/sqlServer/connection.ts';
import type { ActContext } from '../provider.ts';
import { change } from './fence.ts';
import type { SqlServerSandbox, SqlServerSource } from './settings.ts';

export interface ChangeOptions extends Pick<SendOptions, 'doing' | 'onInfo'> {
  /** A session of its own instead of one of the shared connections. */
  readonly on?: Connection;
  /** Half of it would be worse than the whole: begun, it is not cut off when the hold ends. */
  readonly isWhole?: boolean;
}

/** One act of the worker that has the target: what it is about, where it happens, and the only way to change anything there. */
export interface Act extends ActContext {
  readonly source: SqlServerSource;
  readonly target: SqlServerSandbox;
  /** For looking; the connections are shared. */
  readonly connection: Connection;
  readonly address: ServerAddress;
  readonly clock: Clock;
  /** Carries statements out in one batch that a worker with a stale fence cannot get into. @throws FencedError */
  change(statements: readonly string[], options: ChangeOptions): Promise<void>;
}

export function createAct(parts: Omit<Act, 'change'>): Act {
  const { connection, target, fence, signal } = parts;
  const guard = { controlDatabase: target.settings.controlDatabase, target: target.name, fence };
  return {
    ...parts,
    async change(statements, { on = connection, isWhole = false, ...options }) {
      signal.throwIfAborted();
      await change(on, guard, statements, { ...options, ...(isWhole ? {} : { signal }) });
    },
  };
}
