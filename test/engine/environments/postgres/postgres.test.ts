import { conformanceSuite } from '../conformance.ts';
import { createPostgresFixture } from './fixture.ts';

conformanceSuite('postgres', createPostgresFixture);
