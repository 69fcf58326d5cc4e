import { journalSilence } from './silence.ts';
import { startSqlServer } from './sqlServerDatabase.ts';

journalSilence(startSqlServer);
