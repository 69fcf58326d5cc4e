import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFrom } from '../../../../engine/sanitization/masks/maskKey.ts';
import { kindOf } from '../../../../engine/sanitization/masks/kinds.ts';
import { setUpMasks } from '../../../../engine/sanitization/masks/setUpMasks.ts';
import { maskExpression } from '../../../../engine/sanitization/masks/maskExpression.ts';
import { isNotMasked } from '../../../../engine/sanitization/masks/forms.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';
import { maskedBy } from './reference.ts';
import { EVERY_KIND, formsOf, HOSTILE_VALUES, KEY } from './samples.ts';
import { sql } from 'kysely';
import { offlineBuilder } from '../../../../engine/sql.ts';

let server: TestServer;
let database: TestDatabase;
beforeAll(async () => {
  server = await startTestServer('create table "T" ("ID" bigint primary key, "V" text)');
  database = await server.database();
  await setUpMasks(database.session, EVERY_KIND.flatMap(formsOf), keyFrom(KEY));
  for (const [index, value] of HOSTILE_VALUES.entries())
    await database.client.query('insert into "T" values ($1, $2)', [index, value]);
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

test.each(EVERY_KIND)('the mask %j › gives on PostgreSQL what the reference gives, in every form', async (kind) => {
  for (const mask of formsOf(kind)) {
    const query = sql`select "V" as v, ${maskExpression('postgres', mask, 'V')} as masked from "T" order by "ID"`;
    const rows = await database.session.select(query.compile(offlineBuilder('postgres')));

    expect(rows).toEqual(HOSTILE_VALUES.map((v) => ({ v, masked: maskedBy(KEY, kind, v, mask.room) })));
  }
});

test.each(EVERY_KIND)(
  'the mask %j › has forms of its own, in which no old value is that fits the column',
  async (kind) => {
    for (const mask of formsOf(kind)) {
      const ask = async (column: string) => {
        const query = sql`select "V" as v from (select "V", ${maskExpression('postgres', mask, 'V')} as m from "T") as t
        where ${isNotMasked(sql.id(column), kindOf(kind, mask.room), 'postgres')}`;
        return database.session.select(query.compile(offlineBuilder('postgres')));
      };

      expect(await ask('m')).toEqual([]);
      expect(await ask('V')).toEqual(
        HOSTILE_VALUES.filter((v) => v !== null && v.trimEnd() !== '').map((v) => ({ v })),
      );
    }
  },
);

test('masks › have the lengths they say', () => {
  for (const { kind, room } of EVERY_KIND.flatMap(formsOf)) {
    const { length } = kindOf(kind, room);
    expect(length).toBeLessThanOrEqual(room ?? Infinity);
    const lengths = HOSTILE_VALUES.flatMap((value) => {
      const masked = maskedBy(KEY, kind, value, room);
      return masked === value || masked === null ? [] : [masked.length];
    });
    expect(Math.max(...lengths)).toBeLessThanOrEqual(length);
  }
  expect(EVERY_KIND.map((kind) => [kind, kindOf(kind).length])).toMatchInlineSnapshot(`
    [
      [
        "token",
        16,
      ],
      [
        {
          "token": 8,
        },
        8,
      ],
      [
        {
          "token": 64,
        },
        64,
      ],
      [
        "person",
        20,
      ],
      [
        {
          "person": "first",
        },
        9,
      ],
      [
        {
          "person": "last",
        },
        12,
      ],
      [
        "company",
        17,
      ],
      [
        "street",
        19,
      ],
      [
        "city",
        12,
      ],
      [
        "phone",
        14,
      ],
      [
        "email",
        32,
      ],
      [
        {
          "email": "test.contoso.example",
        },
        38,
      ],
      [
        "iban",
        22,
      ],
      [
        "tax-number",
        20,
      ],
    ]
  `);
});

test('masks › take capitals, small letters and trailing spaces for the same', () => {
  expect(maskedBy(KEY, 'person', 'jörg kröger  ')).toBe(maskedBy(KEY, 'person', 'JÖRG KRÖGER'));
  expect(maskedBy(KEY, 'person', 'Straße')).toBe(maskedBy(KEY, 'person', 'STRASSE'));
  expect(EVERY_KIND.map((kind) => maskedBy(KEY, kind, 'Jörg Kröger'))).toMatchInlineSnapshot(`
    [
      "KQXCRRPVDRTNQVTQ",
      "KQXCRRPV",
      "KQXCRRPVDRTNQVTQMBVVRRJXXVHBBHQPHKGFHNFJPPTTTRHQGHKGFNFFQHXDHTKJ",
      "Zoe Nissen ~",
      "Zoe ~",
      "Zotti ~",
      "Zotti MBVV ~",
      "Zotti St 683 ~",
      "Zerba ~",
      "+9993533207998",
      "u7bf1ccae2cd9bedb@masked.invalid",
      "u7bf1ccae2cd9bedb@test.contoso.example",
      "DE26034887283533207998",
      "XX584887283533207998",
    ]
  `);
});

test('an IBAN and a tax number › have valid check digits and nobody’s prefix', () => {
  for (const value of HOSTILE_VALUES) {
    if (value === null || value.trimEnd() === '') continue;
    for (const [kind, prefix] of [
      ['iban', /^DE\d\d0\d{17}$/],
      ['tax-number', /^XX\d\d\d{16}$/],
    ] as const) {
      const masked = maskedBy(KEY, kind, value) ?? '';
      expect(masked).toMatch(prefix);
      const turned = (masked.slice(4) + masked.slice(0, 4)).replaceAll(/[A-Z]/g, (letter) =>
        String(letter.charCodeAt(0) - 55),
      );
      expect(BigInt(turned) % 97n).toBe(1n);
    }
  }
});
