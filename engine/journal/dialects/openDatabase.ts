import { JOURNAL_BOUNDS, type OpenDatabase } from './dialect.ts';
import { openPostgres } from './postgres.ts';
import { openSqlServer } from './sqlServer.ts';

/** @throws Error unless the address names a kind of server that a journal can lie on. */
export function openDatabase(url: string, bounds = JOURNAL_BOUNDS): OpenDatabase {
  const kind = URL.canParse(url) ? new URL(url).protocol : '';
  switch (kind) {
    case 'postgres:':
    case 'postgresql:':
      return openPostgres(url, bounds);
    case 'mssql:':
    case 'sqlserver:':
      return openSqlServer(url, bounds);
    default:
      // The address itself may hold a password, so only its kind is named.
      throw new Error(`A journal lies on postgres://… or mssql://…, not on ${kind || 'an address without a kind'}`);
  }
}
