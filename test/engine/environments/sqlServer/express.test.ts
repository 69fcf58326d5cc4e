import { expect, test } from 'vitest';
import type { ServerFacts } from '../../../../engine/databases/sqlServer/serverFacts.ts';
import { refuseUnsuited } from '../../../../engine/environments/sqlServer/plan/suitability.ts';

const GB = 1_073_741_824;

const anExpress = (majorVersion: number): ServerFacts => ({
  name: 'SQL02',
  version: `${String(majorVersion)}.0.1000.6`,
  majorVersion,
  edition: 'Express Edition (64-bit)',
  engineEdition: 4,
  isExpress: true,
  isStandard: false,
  collation: null,
  filestreamLevel: null,
  isWithoutCounts: false,
  dataFolder: null,
  logFolder: null,
  utcTime: '2026-11-20T17:00:00.000Z',
  login: 'rewind',
  isSysadmin: false,
  session: 55,
});

const restoring = (gigabytes: number, majorVersion: number) => () =>
  refuseUnsuited('sql02:1433', anExpress(majorVersion), [
    {
      name: 'AxDB',
      files: [
        { LogicalName: 'data', Type: 'D', Size: gigabytes * GB, FileId: 1, TDEThumbprint: undefined },
        { LogicalName: 'log', Type: 'L', Size: 100 * GB, FileId: 2, TDEThumbprint: undefined },
      ],
      collation: undefined,
      former: undefined,
    },
  ]);

test('Express › takes what its version holds, the log not counted, and refuses what it does not', () => {
  expect(restoring(10, 16)).not.toThrow();
  expect(restoring(11, 16)).toThrow(/AxDB has more data than Express holds.* holds 10 GB per database/);
  expect(restoring(50, 17)).not.toThrow();
  expect(restoring(51, 17)).toThrow(/holds 50 GB per database/);
});
