import { addressOf, type ServerAddress, type ServerBounds } from './address.ts';
import { type Connection, openShortConnection } from './connection.ts';
import type { Patience } from './patience.ts';

/** Short lines to the servers in use, each opened at its first use and then shared. */
export interface Servers {
  connection(url: string): Promise<Connection>;
  address(url: string): ServerAddress;
  close(): Promise<void>;
}

/** `bounds`: shorter ones are for tests. */
export function createServers(bounds?: ServerBounds, patience?: Patience): Servers {
  const addressFrom = (url: string): ServerAddress => ({
    ...addressOf(url, bounds),
    ...(patience === undefined ? {} : { patience }),
  });
  const lines = new Map<string, Promise<Connection>>();
  return {
    connection(url) {
      const open = lines.get(url) ?? openShortConnection(addressFrom(url));
      lines.set(url, open);
      // A server that was away is asked again at the next use.
      open.catch(() => lines.delete(url));
      return open;
    },
    address: addressFrom,
    async close() {
      const opened = await Promise.allSettled(lines.values());
      lines.clear();
      const closing = opened.filter((one) => one.status === 'fulfilled').map((one) => one.value[Symbol.asyncDispose]());
      await Promise.all(closing);
    },
  };
}
