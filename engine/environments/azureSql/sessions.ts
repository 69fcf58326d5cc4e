import type { ServerAddress } from '../../databases/sqlServer/address.ts';
import type { Connection } from '../../databases/sqlServer/connection.ts';
import type { Clock } from '../../clock.ts';
import type { Guard } from '../../databases/sqlServer/statement.ts';
import type { Session } from '../provider.ts';
import { proveFence } from '../sqlServer/fence.ts';
import { guardedTransaction } from '../sqlServer/statements/guarded.ts';
import { readSession, statementOf } from '../sqlServer/sessions.ts';
import { z } from 'zod';
import { openDatabase } from './openDatabase.ts';

interface Writing {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The control database. */
  readonly control: Connection;
  readonly guard: Guard;
}

const countsRow = z.record(z.string(), z.coerce.number());

/** The fence lies in another database, which no statement of Azure SQL reaches: it is compared in front of each. */
export async function openWritingSession(
  address: ServerAddress,
  database: string,
  { clock, signal, control, guard }: Writing,
): Promise<Session> {
  const connection = await openDatabase(address, database, { clock, signal });
  const options = { doing: `writing to ${database}`, signal };
  const prove = () => proveFence(control, guard, signal);
  return {
    ...readSession(connection, database, { signal }),
    async execute(query) {
      await prove();
      const [row] = await connection.ask(
        guardedTransaction(undefined, [statementOf(query)], { isCounted: true }),
        countsRow,
        options,
      );
      return { rowCount: row?.['rows0'] ?? 0 };
    },
    async executeTogether(queries) {
      if (queries.length === 0) return [];
      await prove();
      const batch = guardedTransaction(undefined, queries.map(statementOf), { isCounted: true });
      const [row] = await connection.ask(batch, countsRow, options);
      return queries.map((_, index) => row?.[`rows${String(index)}`] ?? 0);
    },
    async maintain({ sql }) {
      await prove();
      await connection.send({ text: sql }, options);
    },
  };
}
