import { vi } from 'vitest';
import { conformanceSuite } from '../conformance.ts';
import { createSqlServerFixture } from './fixture.ts';
import { startTestStandIn } from './testServers.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

conformanceSuite('sqlServer on the stand-in', async () => createSqlServerFixture(await startTestStandIn()));
