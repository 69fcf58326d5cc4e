import { raceConformance } from './raceConformance.ts';
import { startTestServer } from './testDatabase.ts';

raceConformance(startTestServer);
