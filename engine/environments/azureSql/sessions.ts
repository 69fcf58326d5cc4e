import type { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { ServerAddress } from '../../databases/sqlServer/address.ts';
import type { Connection } from '../../databases/sqlServer/connection.ts';
import type { Guard } from '../../databases/sqlServer/statement.ts';
import type { ReadSession, Session } from '../provider.ts';
import { proveFence } from '../sqlServer/fence.ts';
import { isOneQuestion } from '../sqlServer/oneQuestion.ts';
import { guardedTransaction } from '../sqlServer/statements/guarded.ts';
import { readSession, statementOf } from '../sqlServer/sessions.ts';
import { openDatabase } from './openDatabase.ts';
import { createPersistence, type Persistence } from './persistence.ts';

interface Reading {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly say?: ((sentence: string) => void) | undefined;
}

interface Writing extends Reading {
  readonly signal: AbortSignal;
  /** The control database. */
  readonly control: Connection;
  readonly guard: Guard;
}

const countsRow = z.record(z.string(), z.coerce.number());

/** Questions that break off are asked again; what is poured is not, for the half of it has arrived. */
export async function openAzureReader(
  address: ServerAddress,
  database: string,
  reading: Reading,
): Promise<ReadSession> {
  const connection = await openDatabase(address, database, reading);
  return persistent(readSession(connection, database, reading), createPersistence(reading));
}

function persistent(session: ReadSession, persistence: Persistence): ReadSession {
  return {
    ...session,
    select: (query) =>
      isOneQuestion(query.sql) ? persistence.reading(() => session.select(query)) : session.select(query),
  };
}

/** The fence lies in another database, which no statement of Azure SQL reaches: it is compared in front of each, also of each that is repeated. */
export async function openWritingSession(
  address: ServerAddress,
  database: string,
  { control, guard, ...reading }: Writing,
): Promise<Session> {
  const { signal } = reading;
  const connection = await openDatabase(address, database, reading);
  const persistence = createPersistence(reading);
  const atLast = () => proveFence(control, guard, signal);
  const options = { doing: `writing to ${database}`, signal, atLast };

  async function once(queries: readonly CompiledQuery[]): Promise<readonly number[]> {
    if (queries.length === 0) return [];
    const batch = guardedTransaction(undefined, queries.map(statementOf), { isCounted: true });
    const [row] = await connection.ask(batch, countsRow, options);
    return persistence.went(queries.map((_, index) => row?.[`rows${String(index)}`] ?? 0));
  }

  return {
    ...persistent(readSession(connection, database, { signal }), persistence),
    async execute(query) {
      const [rowCount = 0] = await persistence.changing(() => once([query]));
      return { rowCount };
    },
    executeTogether: (queries) => persistence.changing(() => once(queries)),
    breaks: { once, outlast: persistence.outlast },
    async maintain({ sql }) {
      await connection.send({ text: sql }, options);
    },
  };
}
