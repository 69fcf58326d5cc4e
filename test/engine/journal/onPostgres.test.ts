import { journalConformance } from './conformance.ts';
import { startTestServer } from './testDatabase.ts';

journalConformance(startTestServer);
