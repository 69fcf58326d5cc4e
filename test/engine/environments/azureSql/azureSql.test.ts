import { conformanceSuite } from '../conformance.ts';
import { createAzureFixture } from './fixture.ts';

conformanceSuite('azureSql', createAzureFixture);
