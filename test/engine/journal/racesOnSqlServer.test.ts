import { isLongRun } from '../../longRun.ts';
import { raceConformance } from './raceConformance.ts';
import { startSqlServer } from './sqlServerDatabase.ts';

// The stand-in lets one session change a database at a time: thirty lives take it half a minute.
raceConformance(startSqlServer, isLongRun ? 30 : 5);
