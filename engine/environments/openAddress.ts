import { addressOf as sqlServerAddress, serverUrl } from '../databases/sqlServer/address.ts';
import { DatabaseAddressError } from './errors.ts';
import { addressOf as postgresAddress } from './postgres/client.ts';
import { openReadSession as openPostgres } from './postgres/sessions.ts';
import type { ReadSession } from './provider.ts';
import { openReadSession as openSqlServer } from './sqlServer/sessions.ts';

/**
 * One database, for reading alone, by an address that names it: `postgres://login:password@server/database` or
 * `mssql://login:password@server/database`, with the parameters of an environment's server.
 * @param name as people know the address; nothing of the address itself is in an error
 * @throws DatabaseAddressError
 */
export async function openAddress(name: string, address: string): Promise<ReadSession> {
  if (!URL.canParse(address)) throw new DatabaseAddressError(name, 'is no address');
  const url = new URL(address);
  if (![url.username, url.password, url.pathname].every(isDecodable))
    throw new DatabaseAddressError(name, 'has something that is not percent-encoded: % is written %25');
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database === '') throw new DatabaseAddressError(name, 'names no database');
  if (/^postgres(ql)?:$/.test(url.protocol)) return openPostgres(postgresAddress(address), database);
  const server = Object.assign(new URL(url), { pathname: '' }).href;
  const checked = serverUrl.safeParse(server);
  if (!checked.success) throw new DatabaseAddressError(name, checked.error.issues[0]?.message ?? 'is no address');
  return openSqlServer(name, sqlServerAddress(server), database);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
