import type { ReadSession } from '../../../environments/provider.ts';
import { readPostgresFacts } from './postgresFacts.ts';
import { readSqlServerFacts } from './sqlServerFacts.ts';
import { nameOf, type Facts, type Place } from './tableFacts.ts';

export async function readFacts(session: ReadSession, places: readonly Place[]): Promise<Facts> {
  if (places.length === 0) return new Map();
  const facts =
    session.dialect === 'mssql' ? await readSqlServerFacts(session, places) : await readPostgresFacts(session, places);
  return new Map(facts.map((each) => [nameOf(each), each]));
}
