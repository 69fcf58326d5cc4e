import type { DatabaseRole } from '../../contracts.ts';
import type { ServerAddress } from '../../databases/sqlServer/address.ts';

/** `login`: an address whose login and options a synchronization goes by, to the application's database. */
export function commandVariables(
  { host, port }: ServerAddress,
  login: string,
  databaseOf: (role: DatabaseRole) => string,
): Readonly<Record<string, string>> {
  const application = databaseOf('application');
  const { href } = Object.assign(new URL(login), { pathname: encodeURIComponent(application) });
  return {
    REWIND_SERVER: host,
    REWIND_PORT: String(port),
    REWIND_APPLICATION_DATABASE: application,
    REWIND_FINANCIAL_REPORTING_DATABASE: databaseOf('financialReporting'),
    REWIND_APPLICATION_URL: href,
  };
}
