import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { Session } from '../../environments/provider.ts';
import { quoteName } from '../../databases/sqlServer/quote.ts';
import { ask } from './facts/ask.ts';
import { hasLedger, LEDGER_SCHEMA } from './ledger.ts';
import { putToRest, readAwake, wake } from './rest/rest.ts';
import { wakeAll } from './rest/restTables.ts';

/**
 * Takes everything of ours out of the copy, once nothing rests any more; safe to repeat. Triggers of the database itself would write it down, or
 * refuse it: they rest within the same transaction.
 */
export async function dropLedger(session: Session): Promise<void> {
  await dropQuietly(session, session.dialect === 'mssql' ? await dropsOf(session) : DROPS);
}

/** The notes of the passes alone: what is sought in the copy stays until it was looked for the last time. */
export async function dropNotes(session: Session): Promise<void> {
  if (await hasLedger(session)) await dropQuietly(session, NOTES);
}

async function dropQuietly(session: Session, drops: readonly CompiledQuery[]): Promise<void> {
  if (await hasLedger(session)) await wakeAll(session);
  const watching = await readAwake(session, []);
  await session.executeTogether([
    ...watching.map((each) => putToRest(session, each)),
    ...drops,
    ...watching.toReversed().map((each) => wake(session, each)),
  ]);
}

const NOTES = ['resting', 'pass'].map((table) => CompiledQuery.raw(`DROP TABLE IF EXISTS ${LEDGER_SCHEMA}.${table}`));
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
