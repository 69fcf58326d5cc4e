import { quoteName, quoteText } from '../../engine/databases/sqlServer/quote.ts';
import { ALL_LOGINS, PREFIX } from '../sqlServer/names.ts';
import type { LogicalServer } from './logicalServer.ts';
import type { LogicalPlace, Subscription } from './subscription.ts';

/** Removes whatever the demo has made on one server: its databases, what runs have made of them, and its logins. */
export async function clear(subscription: Subscription, place: LogicalPlace, server: LogicalServer): Promise<void> {
  for (const name of await subscription.databases(place))
    if (name.startsWith(PREFIX)) await subscription.remove(place, name);
  for (const login of ALL_LOGINS)
    await server.run(
      'master',
      `IF EXISTS (SELECT 1 FROM sys.server_principals WHERE name = ${quoteText(login)}) DROP LOGIN ${quoteName(login)};`,
    );
}
