import { addressOf } from '../../engine/databases/sqlServer/address.ts';
import { openLongConnection, type Connection } from '../../engine/databases/sqlServer/connection.ts';
import { asLogin, inDatabase } from '../sqlServer/administrator.ts';
import type { Founder } from '../sqlServer/founding.ts';

/** The administrator of a logical server: nobody gets from one of its databases into another, so each has a connection of its own. */
export interface LogicalServer extends Founder, AsyncDisposable {}

export function openLogicalServer(url: string): LogicalServer {
  const address = addressOf(url);
  const open = new Map<string, Promise<Connection>>();
  const into = (database: string): Promise<Connection> => {
    const connection = open.get(database) ?? openLongConnection(address, database);
    open.set(database, connection);
    return connection;
  };
  return {
    async run(database, text) {
      await (await into(database)).send({ text }, { doing: `preparing ${database}` });
    },
    url: (login, database) => inDatabase(asLogin(url, login), database),
    ownUrl: (database) => inDatabase(new URL(url), database),
    async [Symbol.asyncDispose]() {
      for (const one of await Promise.allSettled(open.values()))
        if (one.status === 'fulfilled') await one.value[Symbol.asyncDispose]();
      open.clear();
    },
  };
}
