import { expect, test } from 'vitest';
import { arrangeBackups } from '../../../../../engine/environments/sqlServer/chain/arrangement.ts';
import { describeParallelForks } from '../../../../../engine/environments/sqlServer/chain/parallelForks.ts';
import { aBackup, aHistory, forkB, lsn, type Row } from './aBackup.ts';

const onB = { first_recovery_fork_guid: forkB, last_recovery_fork_guid: forkB };
const describe = (...rows: readonly Row[]) => describeParallelForks(arrangeBackups(aHistory(rows)));
const production = [aBackup('full', 'D', '01:00', 100, 110), aBackup('log1', 'L', '03:00', 110, 120)];

test('one database › is not told that there are two, also when it was itself restored to an earlier moment', () => {
  expect(describe(...production)).toBeUndefined();
  expect(
    describe(
      ...production,
      aBackup('bridge', 'L', '04:00', 115, 130, { last_recovery_fork_guid: forkB, fork_point_lsn: lsn(118) }),
      aBackup('log2', 'L', '05:00', 130, 140, onB),
    ),
  ).toBeUndefined();
});

test('a sandbox that is called like production and writes to the same share › is named with its server', () => {
  const uat = { ...onB, server_name: 'UATSQL' };
  const found = describe(
    ...production,
    aBackup('uat full', 'D', '02:00', 105, 112, uat),
    aBackup('uat log', 'L', '05:00', 112, 150, uat),
  );
  expect(found).toContain('2 databases called AxDB and of one family are backed up side by side (on SQL1 and UATSQL)');
});
