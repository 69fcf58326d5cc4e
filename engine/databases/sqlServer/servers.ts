import { addressOf, type ServerAddress } from './address.ts';
import { type Line, openShortLine } from './connection.ts';

/** Short lines to the servers in use, each opened at its first use and then shared. */
export interface Servers {
  line(url: string): Promise<Line>;
  address(url: string): ServerAddress;
  close(): Promise<void>;
}

export function createServers(): Servers {
  const lines = new Map<string, Promise<Line>>();
  return {
    line(url) {
      const open = lines.get(url) ?? openShortLine(addressOf(url));
      lines.set(url, open);
      // A server that was away is asked again at the next use.
      open.catch(() => lines.delete(url));
      return open;
    },
    address: addressOf,
    async close() {
      const opened = await Promise.allSettled(lines.values());
      lines.clear();
      const closing = opened.filter((one) => one.status === 'fulfilled').map((one) => one.value[Symbol.asyncDispose]());
      await Promise.all(closing);
    },
  };
}
