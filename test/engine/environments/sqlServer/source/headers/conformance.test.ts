import { vi } from 'vitest';
import { conformanceSuite } from '../../../conformance.ts';
import { createSqlServerFixture } from '../../fixture.ts';
import { openRealServer, realServerUrl, startTestStandIn } from '../../testServers.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const where = realServerUrl === undefined ? 'on the stand-in' : 'on a real server';
const openServer = () => (realServerUrl === undefined ? startTestStandIn() : openRealServer(realServerUrl));

conformanceSuite(`sqlServer by the location of its backups ${where}`, async () =>
  createSqlServerFixture(await openServer(), 'backup-location'),
);
