import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ColumnMismatchError } from '../../../../engine/sanitization/errors.ts';
import { kindOf } from '../../../../engine/sanitization/masks/kinds.ts';
import { keyFrom } from '../../../../engine/sanitization/masks/maskKey.ts';
import { nextMaskKey, stableMasksFrom } from '../../../../engine/sanitization/masks/stableMasks.ts';
import type { MaskKind } from '../../../../engine/sanitization/pack/maskSchema.ts';
import { parsePack, type RulePack } from '../../../../engine/sanitization/pack/rulePack.ts';
import { dropLedger } from '../../../../engine/sanitization/passes/dropLedger.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { isLongRun } from '../../../longRun.ts';
import { sandbox } from '../packs.ts';
import { inTransaction, startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';
import { canonicalOf, maskedBy } from './reference.ts';
import { EVERY_KIND, HOSTILE_VALUES, KEY } from './samples.ts';

let server: TestServer;
let copy: TestDatabase;
beforeAll(async () => {
  server = await startTestServer(`create schema ax;
    create table public."CUSTTABLE" ("RECID" bigserial primary key, "ACCOUNTNUM" varchar(20) unique, "NAME" varchar(100), "EMAIL" varchar(80), "RECVERSION" int default 1);
    create table ax."CUSTTABLE" (like public."CUSTTABLE" including all);
    create table public."CUSTTRANS" ("RECID" bigserial primary key, "ACCOUNTNUM" varchar(30), "NAMEALIAS" varchar(20));
    insert into public."CUSTTABLE" ("ACCOUNTNUM", "NAME", "EMAIL") values ('C-1', 'Jörg Kröger', 'j@contoso.example'), ('C-2', '', null), ('C-3', 'JÖRG KRÖGER  ', ' ');
    insert into ax."CUSTTABLE" ("ACCOUNTNUM", "NAME") values ('C-1', 'jörg kröger');
    insert into public."CUSTTRANS" ("ACCOUNTNUM", "NAMEALIAS") values ('c-1', 'Jörg Kröger'), ('C-2', null);`);
  copy = await server.database();
}, 60_000);
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const mask = (table: string, columns: Readonly<Record<string, MaskKind>>) => {
  const left = Object.entries(columns).map(([column, kind]) => ({ column, notMasked: kind }));
  const offending = left.length === 1 ? left : [{ any: left }];
  return { id: table.toLowerCase(), table, action: 'mask', columns, offending };
};
const packOf = (...rules: readonly object[]): readonly RulePack[] => {
  const element = { id: 'e', title: 'T', source: 'S', disposition: 'cleared', reason: 'R', rules };
  return [parsePack({ name: 'p', title: 'T', elements: [element] }, 'p')];
};
const maskKey = () => keyFrom(KEY);
const customers = packOf(
  mask('CUSTTABLE', { ACCOUNTNUM: 'token', NAME: 'person', EMAIL: 'email' }),
  mask('CUSTTRANS', { ACCOUNTNUM: 'token', NAMEALIAS: 'person' }),
);

test('masks › join as the old values did, in every schema, leave NULL and what is empty, and count once in RECVERSION', async () => {
  await inTransaction(copy, async () => {
    const results = await sanitize({ session: copy.session, packs: customers, sandbox, maskKey });

    expect(results.map(({ table, rows }) => [table, rows])).toEqual([
      ['CUSTTABLE', 3],
      ['ax.CUSTTABLE', 1],
      ['CUSTTRANS', 2],
    ]);
    const [token, person] = [maskedBy(KEY, 'token', 'C-1'), maskedBy(KEY, 'person', 'Jörg Kröger')];
    const email = maskedBy(KEY, 'email', 'j@contoso.example');
    const second = maskedBy(KEY, 'token', 'C-2');
    expect(
      await copy.rows('select "ACCOUNTNUM", "NAME", "EMAIL", "RECVERSION" from public."CUSTTABLE" order by "RECID"'),
    ).toEqual([
      { ACCOUNTNUM: token, NAME: person, EMAIL: email, RECVERSION: 2 },
      { ACCOUNTNUM: second, NAME: '', EMAIL: null, RECVERSION: 2 },
      { ACCOUNTNUM: maskedBy(KEY, 'token', 'C-3'), NAME: person, EMAIL: ' ', RECVERSION: 2 },
    ]);
    expect(await copy.rows('select "ACCOUNTNUM", "NAME" from ax."CUSTTABLE"')).toEqual([
      { ACCOUNTNUM: token, NAME: person },
    ]);
    expect(await copy.rows('select "ACCOUNTNUM", "NAMEALIAS" from public."CUSTTRANS" order by "RECID"')).toEqual([
      { ACCOUNTNUM: token, NAMEALIAS: person },
      { ACCOUNTNUM: second, NAMEALIAS: null },
    ]);
    const verdicts = await verifySanitization({ session: copy.session, packs: customers, sandbox });
    expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
    await dropLedger(copy.session);
    const again = await sanitize({ session: copy.session, packs: customers, sandbox, maskKey });
    expect(again.filter(({ rows }) => rows > 0)).toEqual([]);
  });
});

test('the key of masks › is another for every run, and nothing of it is left when all is proved', async () => {
  const maskedOnce = () =>
    inTransaction(copy, async () => {
      await sanitize({ session: copy.session, packs: customers, sandbox });
      expect(await copy.rows(`select to_regclass('rewind.mask_key') as key`)).toEqual([{ key: null }]);
      expect(await copy.rows(`select current_setting('rewind.ipad', true) as key`)).toEqual([{ key: '' }]);
      return copy.rows('select "NAME" from public."CUSTTABLE" order by "RECID" limit 1');
    });

  expect(await maskedOnce()).not.toEqual(await maskedOnce());
});

test('masks that stay the same › give everybody the same name in the next refresh of that sandbox, and another in others', async () => {
  const stable = stableMasksFrom('the secret of an installation, long enough');
  const maskedIn = (name: string) =>
    inTransaction(copy, async () => {
      const masks = { stable: true, fingerprint: stable.fingerprint };
      const nextKey = () => nextMaskKey({ name, masks }, stable);
      await sanitize({ session: copy.session, packs: customers, sandbox, maskKey: nextKey });
      return copy.rows('select "NAME", "ACCOUNTNUM", "EMAIL" from public."CUSTTABLE" order by "RECID"');
    });

  expect(await maskedIn('uat')).toEqual(await maskedIn('uat'));
  expect(await maskedIn('uat')).not.toEqual(await maskedIn('test'));
});

test('an attempt that goes on › masks by the key of the one before it', async () => {
  await inTransaction(copy, async () => {
    const stop = new AbortController();
    const session = {
      ...copy.session,
      executeTogether: async (queries: Parameters<typeof copy.session.executeTogether>[0]) => {
        const result = await copy.session.executeTogether(queries);
        if (queries.some(({ sql }) => sql.includes('update "public"."CUSTTABLE"'))) stop.abort(new Error('stopped'));
        return result;
      },
    };
    await expect(sanitize({ session, packs: customers, sandbox, signal: stop.signal })).rejects.toThrow('stopped');

    await sanitize({ session: copy.session, packs: customers, sandbox });

    expect(await copy.rows('select count(*)::int as n from "CUSTTABLE" join "CUSTTRANS" using ("ACCOUNTNUM")')).toEqual(
      [{ n: 2 }],
    );
  });
});

test.each([
  [
    'a column that is too short for any made-up value',
    'alter table public."CUSTTABLE" alter "NAME" type varchar(3) using left("NAME", 3)',
    'CUSTTABLE.NAME holds 3 characters, and no form of the mask person has fewer than 4: clear it or set it (rule custtable of p)',
  ],
  [
    'a number',
    'alter table ax."CUSTTABLE" drop "NAME", add "NAME" bigint',
    'ax.CUSTTABLE.NAME is no text and cannot be masked (rule custtable of p)',
  ],
  [
    'a computed column',
    `alter table public."CUSTTABLE" drop "NAME", add "NAME" text generated always as ("EMAIL" || '') stored`,
    'CUSTTABLE.NAME is made by the server itself and cannot be masked (rule custtable of p)',
  ],
])('%s › is refused with its place before the first change', async (_what, change, message) => {
  await inTransaction(copy, async () => {
    await copy.rows(change);
    const session = { ...copy.session, execute: () => Promise.reject(new Error('A statement was executed')) };

    const refused = sanitize({ session, packs: customers, sandbox });

    await expect(refused).rejects.toThrow(ColumnMismatchError);
    await expect(refused).rejects.toThrow(message);
  });
});

test.each([
  ['leaves the name as it is', `"NAME"`],
  ['only says that it is made up', `"NAME" || ' ~'`],
  ['gives half of a mask', `split_part("NAME", ' ', 1) || ' Abbott ~'`],
])('a mask that %s › is caught by its post-condition', async (_what, value) => {
  await inTransaction(copy, async () => {
    await copy.rows(`update "CUSTTABLE" set "NAME" = ${value} where "NAME" <> ''`);

    const verdicts = await verifySanitization({
      session: copy.session,
      packs: packOf(mask('CUSTTABLE', { NAME: 'person' })),
      sandbox,
    });

    expect(verdicts.find(({ table }) => table === 'CUSTTABLE')).toMatchObject({ passed: false, offendingRows: 2 });
  });
});

const column = fc.record({
  kind: fc.constantFrom(...EVERY_KIND),
  /** Characters, also fewer than the kind has elsewhere. */
  room: fc.integer({ min: 4, max: 70 }),
  type: fc.constantFrom('varchar', 'char', 'text'),
  isUnique: fc.boolean(),
});
const value = fc.oneof(
  fc.constantFrom(...HOSTILE_VALUES.filter((each) => each === null || each.length < 60)),
  fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
);

/** A parent and a child that name the same values, in columns of random types; unique only where a kind keeps values apart. */
test('masks of random schemas › are the reference’s: deterministic, of their length, unique where they were, and in step with what refers to them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(column, { minLength: 1, maxLength: 4 }),
      fc.array(value, { minLength: 1, maxLength: 12 }),
      async (columns, values) => {
        await inTransaction(copy, async () => {
          const distinct = [...new Map(values.map((each) => [canonicalOf(each), each])).values()];
          const roomOf = ({ type, room }: (typeof columns)[number]) => (type === 'text' ? undefined : room);
          const held = (each: string | null, own: (typeof columns)[number]) =>
            Array.from(each ?? '').length > (roomOf(own) ?? Infinity) ? null : each;
          const definitions = columns.map((own, index) => {
            const room = roomOf(own);
            const type = room === undefined ? 'text' : `${own.type}(${String(room)})`;
            return `"C${String(index)}" ${type} ${own.isUnique && kindOf(own.kind, room).isUnique ? 'unique' : ''}`;
          });
          for (const table of ['PARENT', 'CHILD']) {
            await copy.rows(`create table "${table}" ("RECID" bigserial primary key, ${definitions.join(', ')})`);
            const names = columns.map((_, index) => `"C${String(index)}"`);
            for (const each of distinct) {
              await copy.client.query(
                `insert into "${table}" (${names.join(', ')}) values (${names.map((_, index) => `$${String(index + 1)}`).join(', ')})`,
                columns.map((own) => held(each, own)),
              );
            }
          }
          const kinds = Object.fromEntries(columns.map(({ kind }, index) => [`C${String(index)}`, kind]));
          const packs = packOf(mask('PARENT', kinds), mask('CHILD', kinds));

          await sanitize({ session: copy.session, packs, sandbox, maskKey });

          const expected = distinct.map((each) =>
            Object.fromEntries(
              columns.map((own, index) => [
                `C${String(index)}`,
                maskedBy(KEY, own.kind, held(each, own), roomOf(own))?.trimEnd() ?? null,
              ]),
            ),
          );
          for (const table of ['PARENT', 'CHILD']) {
            const names = columns.map((_, index) => `rtrim("C${String(index)}"::text) as "C${String(index)}"`);
            const rows = await copy.rows(`select ${names.join(', ')} from "${table}" order by "RECID"`);
            expect(rows).toEqual(expected);
          }
          expect(
            (await verifySanitization({ session: copy.session, packs, sandbox })).filter(({ passed }) => !passed),
          ).toEqual([]);
        });
      },
    ),
    { numRuns: isLongRun ? 1_000 : 30 },
  );
}, 1_800_000);
