import { journalSilence } from './silence.ts';
import { startTestServer } from './testDatabase.ts';

journalSilence(startTestServer);
