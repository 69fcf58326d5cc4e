import { test, vi } from 'vitest';
import { conformanceSuite } from '../conformance.ts';
import { createSqlServerFixture } from './fixture.ts';
import { openRealServer, realServerUrl } from './testServers.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

if (realServerUrl === undefined) {
  test.skip('sqlServer on a real server › runs when SQLSERVER_TEST_URL names one', () => undefined);
} else {
  conformanceSuite('sqlServer on a real server', async () =>
    createSqlServerFixture(await openRealServer(realServerUrl ?? '')),
  );
}
