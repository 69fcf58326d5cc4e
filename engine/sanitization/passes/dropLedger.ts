import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { Session } from '../../environments/provider.ts';
import { quoteName } from '../../databases/sqlServer/quote.ts';
import { ask } from './facts/ask.ts';
import { LEDGER_SCHEMA } from './ledger.ts';
import { putToRest, readAwake, wake } from './rest/rest.ts';

/**
 * Takes everything of ours out of the copy; safe to repeat. Triggers of the database itself would write it down, or
 * refuse it: they rest within the same transaction.
 */
export async function dropLedger(session: Session): Promise<void> {
  const watching = await readAwake(session, []);
  await session.executeTogether([
    ...watching.flatMap((each) => putToRest(session, each)),
    ...(session.dialect === 'mssql' ? await dropsOf(session) : DROPS),
    ...watching.toReversed().flatMap((each) => wake(session, each)),
  ]);
}

const DROPS = [CompiledQuery.raw(`DROP SCHEMA IF EXISTS ${LEDGER_SCHEMA} CASCADE`)];

/** SQL Server drops no schema that holds something. */
async function dropsOf(session: Session): Promise<readonly CompiledQuery[]> {
  const objects = await ask(session, z.object({ name: z.string(), type: z.string() }), OBJECTS);
  return [
    ...objects.map(({ name, type }) =>
      CompiledQuery.raw(`DROP ${DROPPED[type.trim()] ?? 'FUNCTION'} ${quoteName(LEDGER_SCHEMA)}.${quoteName(name)}`),
    ),
    CompiledQuery.raw(`DROP SCHEMA IF EXISTS ${LEDGER_SCHEMA}`),
  ];
}

const OBJECTS =
  "SELECT o.name AS name, o.type AS type FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id WHERE s.name = N'rewind' AND o.parent_object_id = 0";
const DROPPED: Readonly<Record<string, string>> = { U: 'TABLE', V: 'VIEW', P: 'PROCEDURE' };
