import { afterAll, beforeAll, expect, test } from 'vitest';
import { tryCustomizations } from '../../../engine/customizations/tryCustomizations.ts';
import { isLongRun } from '../../longRun.ts';
import { createRandom, type Random } from '../simulation/random.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../sanitization/testDatabase.ts';
import { randomSchema, type RandomTable, type Words } from './randomSchema.ts';

const CI = `create collation ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);`;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(CI);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const TEXTS = [`'a'`, `'A'`, `'b'`, `''`, `'it''s'`];
const words: Words = {
  schema: 's',
  quote: (name) => `"${name}"`,
  columns: [
    ['int', ['0', '1', '2']],
    ['varchar(10)', TEXTS],
    ['text', TEXTS],
    ['text collate ci', TEXTS],
    ['char(5)', TEXTS],
    ['numeric(10,2)', ['1', '1.00', '2.5']],
    ['date', [`'2026-01-01'`, `'1900-01-01'`]],
    ['boolean', ['true', 'false']],
  ],
  uniqueIndexes(random, columns) {
    const keys = columns.map(({ name, type }) =>
      type.includes('(') && type !== 'numeric(10,2)' && random.chance(0.4)
        ? `(coalesce(${name}::text, '')) collate ci`
        : name,
    );
    const after = [
      random.chance(0.2) ? ' INCLUDE ("RECID")' : '',
      random.chance(0.3) ? ' NULLS NOT DISTINCT' : '',
      random.chance(0.3) ? ` WHERE ${columns[0]?.name ?? ''} IS NOT NULL AND "RECID" > ${String(random.below(4))}` : '',
    ];
    return { keys, after: after.join('') };
  },
  constraint(random, tables) {
    const { at, columns } = random.pick(tables);
    const { name: column } = random.pick(columns);
    if (random.chance(0.3)) return (name) => `ALTER TABLE ${at} ADD CONSTRAINT ${name} UNIQUE (${column})`;
    const numbers = tables.flatMap((table) =>
      table.columns.filter(({ type }) => type === 'int').map((each) => [table, each] as const),
    );
    if (numbers.length > 0 && random.chance(0.5)) return foreignKey(random, numbers, tables);
    return (name) =>
      `ALTER TABLE ${at} ADD CONSTRAINT ${name} CHECK (${column} IS NOT NULL OR lower("RECID"::text) <> '${String(random.below(4))}')`;
  },
};

function foreignKey(
  random: Random,
  numbers: readonly (readonly [RandomTable, RandomTable['columns'][number]])[],
  tables: readonly RandomTable[],
) {
  const [{ at }, { name: column }] = random.pick(numbers);
  const to = random.pick(tables).at;
  return (name: string) =>
    `ALTER TABLE ${at} ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${to} ("RECID")`;
}

/** What the server itself says when a synchronization creates them, one by one; nothing of it stays. */
async function refusedBy(copy: TestDatabase, added: readonly string[], own: ReadonlyMap<string, string>) {
  const refused: string[] = [];
  await copy.rows('begin');
  for (const statement of added) await copy.rows(statement);
  for (const [name, statement] of own) {
    await copy.rows('savepoint one');
    await copy.rows(statement).catch(() => refused.push(name));
    await copy.rows('rollback to one');
  }
  await copy.rows('rollback');
  return refused.toSorted();
}

test(`the trial › names what PostgreSQL itself refuses to create, and nothing else, in ${isLongRun ? '200' : '30'} random schemas`, async () => {
  await using sandbox = await server.database();
  await using copy = await server.database();
  let refusals = 0;
  let own = 0;
  for (let seed = 1; seed <= (isLongRun ? 200 : 30); seed += 1) {
    const schema = randomSchema(createRandom(seed), words);
    for (const [database, statements] of [
      [sandbox, [...schema.sandbox, ...schema.own.values()]],
      [copy, schema.copy],
    ] as const)
      await database.rows(['drop schema if exists s cascade', 'create schema s', ...statements].join(';\n'));

    const { misfits, untried } = await tryCustomizations({ sandbox: sandbox.session, rows: copy.session });
    const refused = await refusedBy(copy, schema.addedColumns, schema.own);
    expect({ seed, named: misfits.map(({ name }) => name).toSorted(), untried }).toEqual({
      seed,
      named: refused,
      untried: [],
    });
    refusals += refused.length;
    own += schema.own.size;
  }
  expect(refusals).toBeGreaterThan(own / 5);
  expect(refusals).toBeLessThan((own * 4) / 5);
}, 300_000);
