import type { ConnectionConfiguration } from 'tedious';
import { addressOf, serverUrl } from '../../environments/sqlServer/address.ts';

/**
 * `mssql://login:password@server:1433/database?…`, with the parameters of an environment's server: encrypted always, and a
 * certificate is trusted unseen on 127.0.0.1 alone.
 * @throws Error that names what is wrong and repeats nothing of the address
 */
export function connectionSettings(url: string): ConnectionConfiguration {
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  if (database === '') throw new Error('The journal’s address names no database: mssql://login:password@server/rewind');
  const server = Object.assign(new URL(url), { pathname: '' }).href;
  const checked = serverUrl.safeParse(server);
  if (!checked.success) throw new Error(`The journal’s address ${checked.error.issues[0]?.message ?? 'is unusable'}`);
  const { host, user, password, config } = addressOf(server);
  const { authentication, domain, port, options } = config;
  return {
    server: host,
    authentication:
      authentication ??
      (domain === undefined
        ? { type: 'default', options: { userName: user, password } }
        : { type: 'ntlm', options: { userName: user, password, domain } }),
    options: {
      ...options,
      port,
      database,
      appName: 'Rewind journal',
      connectTimeout: 10_000,
      requestTimeout: 30_000,
    },
  };
}
