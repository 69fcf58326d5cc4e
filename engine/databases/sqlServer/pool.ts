import { Pool } from 'tarn';
import type { Connection, ConnectionConfiguration } from 'tedious';
import { loadTedious } from './drivers.ts';
import { keepLoginNumber } from './login/refusal.ts';
import { withTokenLife } from './login/tokenLife.ts';

interface PoolSize {
  readonly most: number;
  readonly idleTimeoutMs: number;
  /** Where a session is not to outlive its token. */
  readonly nowMs?: (() => number) | undefined;
}

/** Sessions of one server, each opened when it is needed and looked at before it is used again. */
export function openPool(
  settings: ConnectionConfiguration,
  { most, idleTimeoutMs, nowMs }: PoolSize,
): Pool<Connection> {
  const ended = new WeakSet<Connection>();
  const tokens = new WeakMap<Connection, () => boolean>();
  return new Pool({
    create: async () => {
      const life = nowMs && withTokenLife(settings, nowMs);
      const connection = new (loadTedious().Connection)(life?.settings ?? settings);
      if (life !== undefined) tokens.set(connection, life.holds);
      connection.on('errorMessage', ({ class: severity }) => {
        if (severity >= FATAL) ended.add(connection);
      });
      await connect(connection);
      return connection;
    },
    validate: (connection) => !ended.has(connection) && isOpen(connection) && tokens.get(connection)?.() !== false,
    destroy: close,
    min: 0,
    max: most,
    idleTimeoutMillis: idleTimeoutMs,
    // Whoever waits is told why there is no connection; whether it is worth another attempt is not the pool's to say.
    propagateCreateError: true,
  });
}

/** The server closes a session after an error as grave as this ("Database Engine error severities"), which is heard of a little later. */
const FATAL = 20;

async function connect(connection: Connection): Promise<void> {
  keepLoginNumber(connection);
  // One that breaks while nobody waits for an answer is found before its next use; unheard, it would end the process.
  connection.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error === undefined ? resolve() : reject(error)));
  });
}

/** By what this side knows: a question to the server would double the way of every short one. */
const isOpen = ({ closed, state, STATE, socket }: Connection): boolean =>
  !closed && state === STATE.LOGGED_IN && socket?.writable === true;

async function close(connection: Connection): Promise<void> {
  if (connection.closed) return;
  await new Promise<void>((resolve) => {
    connection.once('end', resolve);
    connection.close();
  });
}
