import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { Session } from '../../environments/provider.ts';
import { quoteName } from '../../databases/sqlServer/quote.ts';
import { ask } from './facts/ask.ts';
import type { Place } from './facts/tableFacts.ts';

/**
 * Makes the statistics of changed tables anew: until then they show production's values to whoever may read the table.
 * An empty table is not analyzed, so what is known of it goes first.
 */
export async function renewStatistics(session: Session, place: Place, anew: readonly CompiledQuery[]): Promise<void> {
  if (session.dialect === 'postgres') {
    await session.executeTogether(anew);
    return;
  }
  const made = await ask(session, z.object({ name: z.string() }), MADE_BY_ITSELF, [place.schema, place.table]);
  const table = `${quoteName(place.schema)}.${quoteName(place.table)}`;
  await session.executeTogether([
    ...made.map((each) => CompiledQuery.raw(`DROP STATISTICS ${table}.${quoteName(each.name)}`)),
    CompiledQuery.raw(`UPDATE STATISTICS ${table}`),
  ]);
}

const MADE_BY_ITSELF =
  'SELECT x.name AS name FROM sys.stats AS x JOIN sys.tables AS t ON t.object_id = x.object_id JOIN sys.schemas AS s ON s.schema_id = t.schema_id WHERE s.name = @1 AND t.name = @2 AND x.auto_created = 1';

/** Takes away what the server itself remembers of values: dead rows of statistics, texts and parameters of statements. */
export async function forgetValues(session: Session): Promise<void> {
  if (session.dialect === 'postgres') {
    for (const table of ['pg_statistic', 'pg_statistic_ext_data'])
      await session.maintain(CompiledQuery.raw(`VACUUM (FULL) pg_catalog.${table}`));
    return;
  }
  const [store] = await ask(
    session,
    z.object({ state: z.string() }),
    'SELECT actual_state_desc AS state FROM sys.database_query_store_options',
  );
  if (store !== undefined && store.state !== 'OFF')
    await session.maintain(CompiledQuery.raw('ALTER DATABASE CURRENT SET QUERY_STORE CLEAR'));
}
