import type { CompiledQuery } from 'kysely';
import type { Session } from '../../engine/environments/provider.ts';
import { pourRow } from '../../engine/environments/sqlServer/pourRow.ts';
import type { Client } from './client.ts';

/** A connection of the driver as the engine's sessions are: statements with their parameters, errors as numbers. */
export function engineSession(client: Client): Session {
  const send = ({ sql, parameters }: CompiledQuery) =>
    client.run(sql, Object.fromEntries(parameters.map((value, index) => [String(index + 1), value])));
  const failing = (errors: readonly number[]) => {
    if (errors.length > 0) throw new Error(`errors ${errors.join(', ')}`);
  };
  const execute: Session['execute'] = async (query) => {
    const { rowsAffected, errors } = await send(query);
    failing(errors);
    return { rowCount: rowsAffected.reduce((sum, rows) => sum + rows, 0) };
  };
  return {
    dialect: 'mssql',
    async select<Row>(query: CompiledQuery<Row>) {
      const { rows, errors } = await send(query);
      failing(errors);
      // kysely has typed the rows from the query itself.
      return rows as unknown as Row[];
    },
    async pour(query, sink) {
      const { rows, errors } = await send(query);
      failing(errors);
      for (const row of rows) pourRow(Object.values(row), sink);
    },
    execute,
    async executeTogether(queries) {
      const counts: number[] = [];
      for (const query of queries) counts.push((await execute(query)).rowCount);
      return counts;
    },
    async maintain(query) {
      await execute(query);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
