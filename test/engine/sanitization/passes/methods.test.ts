import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropLedger } from '../../../../engine/sanitization/passes/dropLedger.ts';
import { RestingLeftError } from '../../../../engine/sanitization/errors.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { LedgerLeftError } from '../../../../engine/sanitization/errors.ts';
import { sessionOf, startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';
import { HARD_TABLES, hardPacks as packs, sandbox, SMALL, STATES } from './hardTables.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(HARD_TABLES);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const methods = async (copy: TestDatabase) =>
  Object.fromEntries(
    (
      await copy.rows(
        `select split_part(id, '.', 2) as id, method from rewind.pass where method <> 'whole' or id like '0 public.SMALL%'`,
      )
    ).map(({ id, method }) => [String(id).split(' ')[0], method]),
  );

test('a large table › is written anew, walked by pages or by its key, or emptied, as its rules and its catalogue allow', async () => {
  await using copy = await server.database();

  const results = await sanitize({ session: copy.session, packs, sandbox, sizes: SMALL });

  expect(await methods(copy)).toEqual({
    ...{ REWRITTEN: 'rewrite', RANGED: 'pages', SLICED: 'slices', THINNED: 'pages', SMALL: 'whole' },
    ...{ EMPTIED: 'truncate', EMPTIEDLINES: 'truncate', REFERRED: 'pages' },
  });
  expect(Object.fromEntries(results.map(({ ruleId, rows }) => [ruleId, rows]))).toEqual({
    ...{ rewritten: 1_500, 'rewritten-too': 1_350, ranged: 150, sliced: 150, 'sliced-too': 0, thinned: 150 },
    ...{ emptied: 1_500, 'emptied-lines': 1_500, referred: 1_500, small: 5 },
  });
});

test.each([
  ['a view', 'create view held as select "NOTE" from "REWRITTEN"'],
  [
    'a rule',
    'create table "LOG" (n text); create rule noted as on update to "REWRITTEN" do also insert into "LOG" values (new."NOTE")',
  ],
  ['a generated column', 'alter table "REWRITTEN" add "LENGTH" int generated always as (length("NOTE")) stored'],
  [
    'a trigger on the column',
    'create trigger noted after update of "NOTE" on "REWRITTEN" for each row execute function audit()',
  ],
  ['a policy', `create policy named on "REWRITTEN" using ("NOTE" <> 'x')`],
  ['a storage of its own', 'alter table "REWRITTEN" alter "NOTE" set storage external'],
  ['a child', 'create table child () inherits ("REWRITTEN")'],
])(
  'a table › is not written anew where %s hangs on a column that changes, and comes out the same',
  async (_, script) => {
    await using copy = await server.database(script);
    const states = await copy.rows(STATES);

    await sanitize({ session: copy.session, packs, sandbox, sizes: SMALL });

    expect((await methods(copy))['REWRITTEN']).not.toBe('rewrite');
    expect(
      await copy.rows(`select "KIND", "NOTE", "RECVERSION", count(*)::int as n from "REWRITTEN" group by 1, 2, 3`),
    ).toEqual([{ KIND: 9, NOTE: '', RECVERSION: 2, n: 1_500 }]);
    expect(await copy.rows(STATES)).toEqual(states);
  },
);

test('values that a rule has taken away › are neither in statistics nor in the files of the server', async () => {
  await using copy = await server.database(`
    update "EMPTIED" set "NOTE" = 'Vanish' || "KIND"; update "REWRITTEN" set "NOTE" = 'Vanish' || "RECID";
    create statistics "both" (mcv) on "KIND", "NOTE" from "EMPTIED"; analyze`);
  const told = `select count(*)::int as n from pg_stats where most_common_vals::text like '%Vanish%' or histogram_bounds::text like '%Vanish%'`;
  const inFiles = async () => {
    await copy.rows('checkpoint');
    const files = ['pg_statistic', 'pg_statistic_ext_data', '"EMPTIED"', '"REWRITTEN"'].map(
      (name) => `position('Vanish'::bytea in pg_read_binary_file(pg_relation_filepath('${name}'))) > 0 as ${name}`,
    );
    return (await copy.rows(`select ${files.join()}`))[0];
  };
  expect(await copy.rows(told)).toEqual([{ n: 2 }]);
  expect(await inFiles()).toEqual({ pg_statistic: true, pg_statistic_ext_data: true, EMPTIED: true, REWRITTEN: true });

  await sanitize({ session: copy.session, packs, sandbox, sizes: SMALL });

  expect(await copy.rows(told)).toEqual([{ n: 0 }]);
  expect(await inFiles()).toEqual({
    pg_statistic: false,
    pg_statistic_ext_data: false,
    EMPTIED: false,
    REWRITTEN: false,
  });
});

test('progress › never goes back, names the table with its own measure, and says how long the rest takes', async () => {
  await using copy = await server.database();
  let now = Date.parse('2026-11-30T00:00:00Z');
  const seen: [percent: number, detail: string][] = [];

  await sanitize({
    ...{ session: copy.session, packs, sandbox, sizes: SMALL },
    now: () => new Date((now += 10_000)).toISOString(),
    progress: (percent, detail) => seen.push([percent, detail]),
  });

  const percents = seen.map(([percent]) => percent);
  expect(percents).toEqual(percents.toSorted((one, other) => one - other));
  expect(percents.at(-1)).toBeLessThanOrEqual(100);
  expect(
    seen.map(([, detail]) => detail).filter((detail) => /^RANGED: \d+ of \d+ pages, about \d+ min left$/.test(detail)),
  ).not.toEqual([]);
  expect(
    seen.map(([, detail]) => detail).filter((detail) => /^SLICED: \d[\d,]* of \d[\d,]* rows/.test(detail)),
  ).not.toEqual([]);
  expect(seen.map(([, detail]) => detail).join()).not.toMatch(/Secret|C\d/);
});

test('rows of a large table › are told from a sample where it is written anew, and said to be about so many', async () => {
  await using copy = await server.database('analyze');
  const lines: string[] = [];
  const sizes = { ...SMALL, sampledPages: 4 };

  const results = await sanitize({ session: copy.session, packs, sandbox, sizes, log: (line) => lines.push(line) });

  const rewritten = results.find(({ ruleId }) => ruleId === 'rewritten');
  expect(rewritten).toMatchObject({ isEstimate: true });
  expect(rewritten?.rows).toBeGreaterThan(500);
  expect(rewritten?.rows).toBeLessThan(4_500);
  expect(lines.filter((line) => line.startsWith('rewritten (REWRITTEN): about '))).toHaveLength(1);
  // One rule alone in its table is counted by the server.
  expect(results.find(({ ruleId }) => ruleId === 'ranged')).toEqual({ ruleId: 'ranged', table: 'RANGED', rows: 150 });
});

test('two large tables › are worked on side by side, each on a session of its own; the first error ends both', async () => {
  await using copy = await server.database();
  let opened = 0;
  const open = async () => {
    opened += 1;
    const client = await copy.connect();
    return { ...sessionOf(client), [Symbol.asyncDispose]: () => client.end() };
  };

  await sanitize({ session: copy.session, open, packs, sandbox, sizes: SMALL });

  expect(opened).toBe(1);
  expect((await verifySanitization({ session: copy.session, packs, sandbox })).filter(({ passed }) => !passed)).toEqual(
    [],
  );
});

test('what rested › and is not on again as it was ends the step, although every rule holds', async () => {
  await using copy = await server.database();
  const session = {
    ...copy.session,
    executeTogether: async (queries: Parameters<typeof copy.session.executeTogether>[0]) =>
      copy.session.executeTogether(queries.filter(({ sql }) => !sql.includes('ENABLE ALWAYS'))),
  };

  const outcome = sanitize({ session, packs, sandbox, sizes: SMALL });

  await expect(outcome).rejects.toThrow(RestingLeftError);
  await expect(outcome).rejects.toThrow('trigger public.RANGED always');
});

test('the ledger › is gone before the settings of the target are proved', async () => {
  await using copy = await server.database();
  await sanitize({ session: copy.session, packs, sandbox, sizes: SMALL });

  await expect(verifySanitization({ session: copy.session, packs, sandbox, kept: [] })).rejects.toThrow(
    LedgerLeftError,
  );
  await dropLedger(copy.session);
  await verifySanitization({ session: copy.session, packs, sandbox, kept: [] });
});
