import { journalConformance } from './conformance.ts';
import { startSqlServer } from './sqlServerDatabase.ts';

journalConformance(startSqlServer);
