import { vi } from 'vitest';
import { conformanceSuite } from '../conformance.ts';
import { createPostgresFixture } from './fixture.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

conformanceSuite('postgres', createPostgresFixture);
