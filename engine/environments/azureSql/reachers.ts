import { z } from 'zod';
import { DATABASE_ROLES, type Reachers } from '../../contracts.ts';
import { loginList } from '../loginList.ts';
import type { ServerAddress } from '../../databases/sqlServer/address.ts';
import type { Clock } from '../../clock.ts';
import { openDatabase } from './openDatabase.ts';
import type { ResourceManager } from './resourceManager/resourceManager.ts';
import type { AzureSandbox } from './settings.ts';
import { readOwnersHere } from './statements.ts';

const ownerRow = z.object({ name: z.string() });

/** Never complete: whoever may create databases in Azure can restore a copy of one, and no session sees them. */
export async function reachersOf(
  { databases, settings }: AzureSandbox,
  address: ServerAddress,
  { manager, clock }: { readonly manager: ResourceManager; readonly clock: Clock },
): Promise<Reachers> {
  const owners = await Promise.all(
    DATABASE_ROLES.map(async (role) => {
      await using connection = await openDatabase(address, databases[role], { clock });
      const doing = `reading who owns ${databases[role]}`;
      return (await connection.ask(readOwnersHere(), ownerRow, { doing })).map(({ name }) => name);
    }),
  );
  const { administratorLogin } = (await manager.server(settings)).properties;
  return {
    administrators: loginList(administratorLogin === undefined ? [] : [administratorLogin]),
    owners: loginList(owners.flat()),
    isComplete: false,
  };
}
