import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NamedFinding, Profile, ProofResult } from '../../../engine/contracts.ts';
import { foundSince } from '../../../engine/proofs/exceptions.ts';
import { packOf } from '../sanitization/fit/subject.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../sanitization/testDatabase.ts';
import { stepsOver, type Steps } from './stepsOver.ts';

/** Somebody's address, taken out of one table and standing in another, of which the sandbox keeps a column of its own. */
const SCHEMA = `
create table "PEOPLE" ("RECID" bigint primary key, "MAIL" varchar(80) not null);
insert into "PEOPLE" select n, 'anna.' || n || '@contoso.example' from generate_series(1, 20) n;
create table "SHOPS" ("RECID" bigint primary key, "CODE" varchar(80) not null, "PRINTER" varchar(80), "NOTE" text);
create unique index on "SHOPS" ("CODE");
insert into "SHOPS" select n, 'S' || n, 'printer of production', 'ask anna.' || n || '@contoso.example' from generate_series(1, 4) n;
`;
const LIVING = `update "SHOPS" set "PRINTER" = 'own printer', "NOTE" = ''; update "PEOPLE" set "MAIL" = ''`;

const packs = packOf(
  {
    ...{ id: 'people', table: 'PEOPLE', action: 'mask', columns: { MAIL: 'email' } },
    offending: [{ column: 'MAIL', notMasked: 'email' }],
  },
  {
    ...{ id: 'shops', table: 'SHOPS', action: 'keep-columns', key: 'CODE', columns: ['PRINTER'] },
    offending: [{ column: 'PRINTER', isNotEmpty: true }],
  },
);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(SCHEMA);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

interface Scene extends AsyncDisposable {
  readonly copy: TestDatabase;
  readonly steps: Steps;
  readonly findings: readonly NamedFinding[];
}

/** Sanitized and proved, with all accepted that was found. */
async function aCopy(profile?: Profile): Promise<Scene> {
  const living = await server.database(LIVING);
  const copy = await server.database();
  const beside = await server.emptyDatabase('');
  const databases = { living: living.session, copy: copy.session, financialReporting: beside.session };
  const steps = await stepsOver(databases, packs, profile);
  await steps.sanitize();
  const asked = await steps.verify();
  const findings = asked.kind === 'ask-exception' ? asked.findings : [];
  steps.accept(findings);
  return {
    ...{ copy, steps, findings },
    async [Symbol.asyncDispose]() {
      for (const each of [living, copy, beside]) await each[Symbol.asyncDispose]();
    },
  };
}

const NOTES = { database: 'axdb', schema: 'public', table: 'SHOPS', column: 'NOTE', kind: 'mail' };
const searchedBehind = ({ steps }: Scene) => steps.proofs.at(-1)?.proofs.flatMap(({ findings }) => findings);

test('what was accepted in a table that settings are kept in › is accepted behind them as well, and nothing beside it', async () => {
  await using scene = await aCopy();
  const { copy, steps, findings } = scene;
  expect(findings).toContainEqual({ proof: 'search', ...NOTES, count: 4 });
  // As no session of the run would.
  for (const [change, back, named] of [
    [
      `insert into "SHOPS" values (9, 'S9', '', 'ask anna.9@contoso.example')`,
      `delete from "SHOPS" where "RECID" = 9`,
      'NOTE (mail, 5 rows)',
    ],
    [
      `update "SHOPS" set "CODE" = 'anna.2@contoso.example' where "RECID" = 2`,
      `update "SHOPS" set "CODE" = 'S2' where "RECID" = 2`,
      'CODE (mail, 1 row)',
    ],
  ] as const) {
    await copy.rows(change);
    await expect(steps.apply()).rejects.toMatchObject({
      code: 'protected-values-found',
      message: expect.stringContaining(`SHOPS.${named}`) as string,
    });
    await copy.rows(back);
  }
  expect(await steps.apply()).toMatchObject({ kind: 'done', detail: '4 rows kept from the sandbox, by 1 rule' });
  expect(await copy.rows(`select distinct "PRINTER" as p from "SHOPS"`)).toEqual([{ p: 'own printer' }]);
  expect(searchedBehind(scene)).toEqual([{ ...NOTES, count: 4 }]);
});

test('what was accepted › may have become less by what the profile wrote, which the report counts', async () => {
  await using scene = await aCopy({
    values: [{ table: 'SHOPS', where: { CODE: 'S1' }, set: { NOTE: 'closed' } }],
    listKeptMs: 1,
  });
  expect(await scene.steps.apply()).toMatchObject({ kind: 'done' });
  expect(searchedBehind(scene)).toEqual([{ ...NOTES, count: 3 }]);
  expect(scene.steps.reported.map(({ profile }) => profile)).toEqual([[{ part: 'values', done: 1, left: 0 }]]);
});

test('a count of a sample › is no bound for a search that reads every row', () => {
  const found = { ...NOTES, proof: 'search', count: 100_000_000 } as const;
  const before = (sampled: boolean): readonly ProofResult[] => [
    {
      ...{ name: 'search', findings: [{ ...NOTES, count: 1200 }], sampled, notSearched: [], seconds: 1 },
      searched: { tables: 1, columns: 1, bytes: 1, values: 1 },
    },
  ];
  expect([foundSince([found], before(true)), foundSince([found], before(false))]).toEqual([[], [found]]);
});
