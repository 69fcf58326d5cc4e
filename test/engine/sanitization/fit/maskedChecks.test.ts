import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAddress } from '../../../../engine/environments/openAddress.ts';
import { parsePack } from '../../../../engine/sanitization/pack/rulePack.ts';
import type { RulePack } from '../../../../engine/sanitization/pack/rulePack.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { tryRules } from '../../../../engine/sanitization/tryRules.ts';
import { readDocument } from '../../../../env/places.ts';
import { inTransaction, startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';
import { packOf, sandbox } from './subject.ts';

let server: TestServer;
let copy: TestDatabase;
beforeAll(async () => {
  server = await startTestServer(`
    create table "CUST" ("RECID" bigserial primary key, "NAME" varchar(40), "TAG" varchar(40), "AREA" varchar(10));
    insert into "CUST" ("NAME", "TAG", "AREA") values ('Ada', 'Ada', 'a'), ('Bob', 'Bob', 'a'), (null, null, 'b'), ('', '', 'b');`);
  copy = await server.database();
}, 60_000);
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const masked = (id: string, columns: Readonly<Record<string, string>>, where: readonly object[] = []) => {
  const left = Object.entries(columns).map(([column, kind]) => ({ column, notMasked: kind }));
  const chosen = where.length === 0 ? {} : { where };
  const offending = [...where, ...(left.length === 1 ? left : [{ any: left }])];
  return { id, table: 'CUST', action: 'mask', columns, offending, ...chosen };
};
const names = masked('names', { NAME: 'person' });
const check = (expression: string, more = '') => `alter table "CUST" add constraint c check (${expression}) ${more};`;

/** What becomes of the rules: refused before the first change, or carried out to the end by the server itself. */
async function resultOf(ddl: string, packs: readonly RulePack[]): Promise<string> {
  return inTransaction(copy, async () => {
    await copy.rows(ddl);
    let isTouched = false;
    const session = {
      ...copy.session,
      executeTogether: (queries: Parameters<typeof copy.session.executeTogether>[0]) => {
        isTouched = true;
        return copy.session.executeTogether(queries);
      },
    };
    try {
      await sanitize({ session, packs, sandbox });
      return 'carried out';
    } catch (error) {
      const left = await copy.rows(`select to_regclass('rewind.mask_key') is not null as key`).catch(() => []);
      return `${isTouched ? 'in the middle' : 'before the first change'}${left[0]?.['key'] === true ? ', with a key' : ''}: ${String(error)}`;
    }
  });
}

type Rules = readonly Readonly<Record<string, unknown>>[];
const broken = (columns: string, name = 'c') => `public.CUST${columns} would break check constraint ${name} (rule `;

test.each<readonly [what: string, ddl: string, rules: Rules, says: string]>([
  ['what the mask gives', check('length("NAME") < 5'), [names], broken('.NAME')],
  ['what it gives for some rows alone', check(`"AREA" = 'b' or length("NAME") < 5`), [names], broken('.NAME')],
  [
    'what a computed column makes of it',
    `alter table "CUST" add "SIZE" int generated always as (length("NAME")) stored; ${check('"SIZE" < 5')}`,
    [names],
    broken('.NAME'),
  ],
  ['two columns of which one alone is masked', check('"NAME" = "TAG"'), [names], broken('.NAME')],
  [
    'a column that is masked, and a value set by a later rule',
    check(`"NAME" is null or "NAME" = '' or "AREA" <> 'c' or "NAME" = "TAG"`),
    [
      masked('names', { NAME: 'token', TAG: 'phone' }),
      {
        ...{ id: 'areas', table: 'CUST', action: 'set-columns', values: { AREA: 'c' } },
        offending: [{ column: 'AREA', notIn: ['c'] }],
      },
    ],
    broken('.AREA'),
  ],
  [
    'a domain',
    `create domain short as varchar(40) check (length(value) < 5); alter table "CUST" alter "NAME" type short;`,
    [names],
    broken('.NAME', 'short_check'),
  ],
  [
    'a constraint that old rows break, looked at with any change of them',
    check(`"AREA" <> 'a'`, 'not valid'),
    [names],
    broken(''),
  ],
  [
    'a constraint that the rule mends in one row and breaks in another',
    check('length("NAME") between 1 and 4 or "RECID" > 2', 'not valid') +
      `update "CUST" set "NAME" = 'Ada' where "RECID" = 1; alter table "CUST" drop constraint c; update "CUST" set "NAME" = 'Too long a name' where "RECID" = 3; ${check('length("NAME") < 5 or "RECID" = 2', 'not valid')}`,
    [
      {
        ...{ id: 'set', table: 'CUST', action: 'set-columns', values: { NAME: 'Eva' } },
        ...{ where: [{ column: 'RECID', equals: 3 }], offending: [{ column: 'NAME', like: 'Too%' }] },
      },
      {
        ...{ id: 'lengthen', table: 'CUST', action: 'set-columns', values: { NAME: 'Somebody' } },
        ...{ where: [{ column: 'RECID', equals: 1 }], offending: [{ column: 'NAME', equals: 'Ada' }] },
      },
    ],
    broken('.NAME'),
  ],
])('a check constraint › refuses before the first change: %s', async (_what, ddl, rules, says) => {
  const result = await resultOf(ddl, packOf(...rules));

  expect(result).toMatch(/^before the first change: RulesDoNotFitError/);
  expect(result).toContain(says);
});

test.each<readonly [what: string, ddl: string, rules: Rules]>([
  ['what the mask gives as well', check('length("NAME") < 25'), [names]],
  [
    'NULL and what is empty',
    check(`"NAME" is null or "NAME" = '' or "NAME" like '% %' or "NAME" in ('Ada', 'Bob')`),
    [names],
  ],
  [
    'two columns that one walk masks alike, by two rules',
    check('"NAME" = "TAG"'),
    [masked('names', { NAME: 'token' }), masked('tags', { TAG: 'token' })],
  ],
  [
    'what no rule changes',
    check(`"AREA" <> 'a'`, 'not valid'),
    [masked('b', { NAME: 'token' }, [{ column: 'AREA', equals: 'b' }])],
  ],
  [
    'rows that are gone by then',
    check('length("NAME") < 5'),
    [{ id: 'gone', table: 'CUST', action: 'delete-rows', offending: 'any-row' }, names],
  ],
])('a check constraint › lets through %s', async (_what, ddl, rules) => {
  expect(await resultOf(ddl, packOf(...rules))).toBe('carried out');
});

test('a check constraint › is named with pack, rule, line and remedy', async () => {
  const { value, placeOf } = readDocument(`name: contoso
title: Ours
elements:
  - id: names
    title: Names
    source: Policy 7
    disposition: cleared
    reason: They are people.
    rules:
      - id: names
        table: CUST
        action: mask
        columns: { NAME: person }
        offending: [{ column: NAME, notMasked: person }]
`);

  expect(await resultOf(check('length("NAME") < 5'), [parsePack(value, 'contoso', placeOf)])).toContain(
    'public.CUST.NAME would break check constraint c (rule names of contoso, line 10: give it a kind or a value that the constraint admits, or clear the column)',
  );
});

test('a check constraint › that cannot be worked out for made-up values is refused, and its text is repeated nowhere', async () => {
  await using database = await server.database(
    `update "CUST" set "NAME" = '4711' where "RECID" < 3; ${check(`"NAME" = '' or "NAME"::int > 0`)}`,
  );
  await using session = await openAddress('it', database.url);

  const { refusals } = await tryRules(session, packOf(names), sandbox);

  expect(refusals).toEqual([
    {
      ruleId: 'names',
      what: 'public.CUST.NAME',
      why: 'belongs to check constraint c, which the server cannot work out for what the rule would leave',
      remedy: 'give it a kind or a value that the constraint admits, or clear the column',
    },
  ]);
});
