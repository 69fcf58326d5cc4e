import type { ConnectionConfiguration } from 'tedious';
import { JOURNAL_BOUNDS, type JournalBounds } from './dialect.ts';
import { addressOf, type ServerAddress, serverUrl } from '../../databases/sqlServer/address.ts';

interface JournalAddress {
  readonly settings: ConnectionConfiguration;
  readonly address: ServerAddress;
}

/**
 * `mssql://login:password@server:1433/database?…`, with the parameters of an environment's server: encrypted always, and a
 * certificate is trusted unseen on 127.0.0.1 alone.
 * @throws Error that names what is wrong and repeats nothing of the address
 */
export function journalAddress(url: string, bounds: JournalBounds = JOURNAL_BOUNDS): JournalAddress {
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  if (database === '') throw new Error('The journal’s address names no database: mssql://login:password@server/rewind');
  const server = Object.assign(new URL(url), { pathname: '' }).href;
  const checked = serverUrl.safeParse(server);
  if (!checked.success) throw new Error(`The journal’s address ${checked.error.issues[0]?.message ?? 'is unusable'}`);
  const address = addressOf(server);
  const { config } = address;
  return {
    address,
    settings: {
      ...config,
      options: {
        ...config.options,
        database,
        appName: 'Rewind journal',
        connectTimeout: bounds.connectMs,
        requestTimeout: bounds.statementMs,
        // What is cancelled and not answered is cut off then.
        cancelTimeout: bounds.answerMs - bounds.statementMs,
      },
    },
  };
}
