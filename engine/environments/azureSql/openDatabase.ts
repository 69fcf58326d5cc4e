import type { Clock } from '../../clock.ts';
import type { ServerAddress } from '../../databases/sqlServer/address.ts';
import { type Connection, openLongConnection } from '../../databases/sqlServer/connection.ts';

interface Waiting {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly say?: ((sentence: string) => void) | undefined;
}

/** A database that was just made, renamed, moved or woken takes its first logins a moment later. */
export const openDatabase = (
  address: ServerAddress,
  database: string,
  { clock, signal, say }: Waiting,
): Promise<Connection> => openLongConnection({ ...address, patience: { clock, signal, say } }, database);
