import type { Clock } from '../../clock.ts';
import type { ServerAddress } from '../../databases/sqlServer/address.ts';
import { type Connection, openLongConnection } from '../../databases/sqlServer/connection.ts';
import { LoginRefusedError } from '../../databases/sqlServer/login/errors.ts';
import { RetryableError } from '../../errors.ts';
import { retry } from '../../retry.ts';

interface Waiting {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** "Troubleshoot common connection issues": the first retry after 5 s, and most reconfigurations end within 60 s. */
const PAUSE_MS = 5_000;
const WITHIN_MS = 90_000;

/** A database that was just made, renamed or woken takes its first logins a moment later. */
export function openDatabase(
  address: ServerAddress,
  database: string,
  { clock, signal }: Waiting,
): Promise<Connection> {
  return retry(() => openLongConnection(address, database), {
    ...{ clock, signal, withinMs: WITHIN_MS, pauseMs: () => PAUSE_MS },
    isWorthIt: (error) => error instanceof RetryableError || isNotYetThere(error),
  });
}

const CANNOT_OPEN = 4060;

const isNotYetThere = (error: unknown): boolean => error instanceof LoginRefusedError && error.number === CANNOT_OPEN;
