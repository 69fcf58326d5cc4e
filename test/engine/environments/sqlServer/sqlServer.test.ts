import { vi } from 'vitest';
import { conformanceSuite } from '../conformance.ts';
import { createSqlServerFixture } from './fixture.ts';
import { openRealServer, realServerUrl, startTestStandIn } from './testServers.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const name = realServerUrl === undefined ? 'sqlServer on the stand-in' : 'sqlServer on a real server';
const openServer = () => (realServerUrl === undefined ? startTestStandIn() : openRealServer(realServerUrl));

conformanceSuite(name, async () => createSqlServerFixture(await openServer()));
