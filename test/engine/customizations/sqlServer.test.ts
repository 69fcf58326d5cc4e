import { afterAll, beforeAll, expect, test } from 'vitest';
import { tryCustomizations } from '../../../engine/customizations/tryCustomizations.ts';
import { isLongRun } from '../../longRun.ts';
import { connectTo } from '../../sqlServer/client.ts';
import { engineSession } from '../../sqlServer/engineSession.ts';
import { startStandIn, type StandIn } from '../../sqlServer/standIn.ts';
import { createRandom } from '../simulation/random.ts';
import { randomSchema, type Words } from './randomSchema.ts';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ logins: [{ name: 'rewind', password: 'Rewind-2026!', roles: ['sysadmin'] }] });
});
afterAll(() => standIn.close());

const TEXTS = [`N'a'`, `N'A'`, `N'b'`, `N''`, `N'it''s'`];
const words: Words = {
  schema: 'dbo',
  quote: (name) => `[${name}]`,
  columns: [
    ['int', ['0', '1', '2']],
    ['nvarchar(10)', TEXTS],
    ['bit', ['0', '1']],
    ['datetime', [`'2026-01-01'`, `'1900-01-01'`]],
  ],
  uniqueIndexes(random, columns) {
    const after = [
      random.chance(0.2) ? ' INCLUDE ([RECID])' : '',
      random.chance(0.3) ? ` WHERE ${columns[0]?.name ?? ''} IS NOT NULL AND [RECID] > ${String(random.below(4))}` : '',
    ];
    return { keys: columns.map(({ name }) => name), after: after.join('') };
  },
  // The stand-in adds no key and no check to a table that is there.
  constraint: () => undefined,
};

async function database(name: string) {
  await standIn.administer('master', `CREATE DATABASE ${name}`);
  const client = await connectTo(standIn, 'rewind', name);
  return {
    ...{ client, session: engineSession(client) },
    async refill(statements: readonly string[]) {
      const { rows } = await client.run('SELECT name FROM sys.tables');
      const dropped = rows.map((row) => `DROP TABLE [${String(row['name'])}]`);
      const { errors } = await client.batch([...dropped, ...statements].join(';\n'));
      expect(errors).toEqual([]);
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

test(`the trial › names what SQL Server would refuse to create, and nothing else, in ${isLongRun ? '200' : '30'} random schemas`, async () => {
  await using sandbox = await database('sandbox');
  await using copy = await database('copy');
  let refusals = 0;
  let own = 0;
  for (let seed = 1; seed <= (isLongRun ? 200 : 30); seed += 1) {
    const schema = randomSchema(createRandom(seed), words);
    await sandbox.refill([...schema.sandbox, ...schema.own.values()]);
    await copy.refill(schema.copy);

    const { misfits, untried } = await tryCustomizations({ sandbox: sandbox.session, rows: copy.session });
    const refused: string[] = [];
    for (const statement of schema.addedColumns) await copy.client.run(statement);
    for (const [name, statement] of schema.own) {
      const { errors } = await copy.client.run(statement);
      expect([[], [1505]]).toContainEqual(errors);
      if (errors.length > 0) refused.push(name);
    }
    expect({ seed, named: misfits.map(({ name }) => name).toSorted(), untried }).toEqual({
      ...{ seed, untried: [] },
      named: refused.toSorted(),
    });
    refusals += refused.length;
    own += schema.own.size;
  }
  expect(refusals).toBeGreaterThan(own / 5);
  expect(refusals).toBeLessThan((own * 4) / 5);
}, 300_000);
