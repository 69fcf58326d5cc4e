import { vi } from 'vitest';
import { conformanceSuite } from '../conformance.ts';
import { createPostgresFixture } from './fixture.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

conformanceSuite('postgres', createPostgresFixture);
