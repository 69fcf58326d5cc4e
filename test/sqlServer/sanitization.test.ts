import type { CompiledQuery } from 'kysely';
import { expect, test } from 'vitest';
import type { Session } from '../../engine/environments/provider.ts';
import { sanitize } from '../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../engine/sanitization/verify.ts';
import { lcs2023, sandbox } from '../engine/sanitization/packs.ts';
import { connectTo, type Client } from './client.ts';
import { startFoCompany } from './foCompany.ts';
import { productionInTsql } from './foProduction.ts';

function sessionOf(client: Client): Session {
  const send = ({ sql, parameters }: CompiledQuery) =>
    client.run(sql, Object.fromEntries(parameters.map((value, index) => [String(index + 1), value])));
  const failing = (errors: readonly number[]) => {
    if (errors.length > 0) throw new Error(`errors ${errors.join(', ')}`);
  };
  return {
    dialect: 'mssql',
    async select<Row>(query: CompiledQuery<Row>) {
      const { rows, errors } = await send(query);
      failing(errors);
      // kysely has typed the rows from the query itself.
      return rows as unknown as Row[];
    },
    async execute(query) {
      const { rowsAffected, errors } = await send(query);
      failing(errors);
      return { rowCount: rowsAffected.reduce((sum, rows) => sum + rows, 0) };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

test('sanitization in T-SQL › changes on the stand-in what it changes on PostgreSQL, and proves it', async () => {
  await using company = await startFoCompany({ happened: '' });
  for (const statement of productionInTsql()) await company.source.administer('AxDB', statement);
  await using client = await connectTo(company.source, 'sa', 'AxDB');
  const session = sessionOf(client);

  const results = await sanitize({ session, packs: lcs2023, sandbox });
  const rows = Object.fromEntries(results.map(({ ruleId, rows }) => [ruleId, rows]));
  expect(rows).toMatchObject({
    'email-addresses': 4,
    'batch-jobs-withheld': 8,
    'batch-tasks-withheld': 4,
    'credit-card-setup': 1,
    'commerce-hardware-profiles': 1,
    'maintenance-mode': 1,
  });
  const verdicts = await verifySanitization({ session, packs: lcs2023, sandbox });
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
  expect(verdicts.length).toBeGreaterThan(40);

  expect((await client.run('SELECT ID FROM USERINFO WHERE [ENABLE] = 1 ORDER BY ID')).rows.map(({ ID }) => ID)).toEqual(
    ['Admin', 'Axrunner', 'FRSERVICEUSER '],
  );
  const again = await sanitize({ session, packs: lcs2023, sandbox });
  expect(again.filter(({ rows }) => rows > 0)).toEqual([]);
});
