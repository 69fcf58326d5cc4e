import { expect, test } from 'vitest';
import { systemClock } from '../../../../engine/clock.ts';
import { openSqlServerProvider } from '../../../../engine/environments/sqlServer/provider.ts';
import { aSandbox } from '../builders.ts';

const provider = openSqlServerProvider({ clock: systemClock });
const server = 'mssql://rewind:secret@sql01:1433';
const uat = (settings: unknown) =>
  aSandbox({ databases: { application: 'AxDB_uat', financialReporting: 'MR_uat' }, settings });

test('the address for a synchronization › has the service’s login, or the one that the settings name for it', () => {
  const { REWIND_APPLICATION_URL: own } = provider.commandVariables(uat({ server }), 'incoming', 'R-1');
  expect(own).toBe('mssql://rewind:secret@sql01:1433/AxDB_uat__incoming_R-1');
  const other = { server, synchronizeAs: 'mssql://sync:other@sql01:1433' };
  const { REWIND_APPLICATION_URL, ...rest } = provider.commandVariables(uat(other), 'target', 'R-1');
  expect(REWIND_APPLICATION_URL).toBe('mssql://sync:other@sql01:1433/AxDB_uat');
  expect(JSON.stringify(rest)).not.toMatch(/secret|other/);
});
