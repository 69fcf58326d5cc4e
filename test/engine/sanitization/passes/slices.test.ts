import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { partsOf, readBoundaries, type KeyValues } from '../../../../engine/sanitization/passes/slices.ts';
import { compiled, type Part } from '../../../../engine/sanitization/passes/statements.ts';
import { startTestServer, type TestServer } from '../testDatabase.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer('');
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const COLUMNS = [
  { name: 'PARTITION', type: 'bigint' },
  { name: 'DATAAREAID', type: 'character varying(4)' },
  { name: 'AMOUNT', type: 'numeric(32,16)' },
  { name: 'AT', type: 'timestamp without time zone' },
];

const aRow = fc.tuple(
  fc.bigInt(5637144576n, 5637144578n).map(String),
  fc.constantFrom('dat', 'usmf', "o'x", ''),
  fc.constantFrom('0', '-1.0000000000000001', '123456789012345.1234567890123456'),
  fc.constantFrom('1900-01-01 00:00:00', '2026-11-30 08:00:00.123456'),
);

test('slices of a key › leave out no row and share none, whatever the key, also where several rows have the same one', async () => {
  await using database = await server.emptyDatabase(
    `create table "T" (${COLUMNS.map(({ name, type }) => `"${name}" ${type} not null`).join()})`,
  );
  const { session } = database;
  const scope = { dialect: 'postgres', schema: 'public', table: 'T', catalogue: new Map(), administrator } as const;
  const rowsIn = async (parts: readonly Part[]) => {
    const found: string[] = [];
    for (const part of parts)
      for (const { id } of await session.select(
        compiled<{ id: string }>('postgres', sql`select ctid::text as id from "T" where ${part}`),
      ))
        found.push(id);
    return found;
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(aRow, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.shuffledSubarray(COLUMNS, { minLength: 1 }),
      async (rows, size, key) => {
        await database.rows('truncate "T"');
        await database.client.query(
          `insert into "T" select * from unnest($1::bigint[], $2::varchar[], $3::numeric[], $4::timestamp[])`,
          [0, 1, 2, 3].map((column) => rows.map((row) => row[column])),
        );
        const bounds: readonly (KeyValues | undefined)[] = [
          undefined,
          ...(await readBoundaries(session, scope, { key, rows: size })),
          undefined,
        ];
        expect(bounds).toHaveLength(2 + Math.floor(rows.length / size));
        const met: string[] = [];
        for (const [index, after] of bounds.slice(0, -1).entries())
          met.push(...(await rowsIn(partsOf(key, after, bounds[index + 1]))));
        expect(met).toHaveLength(rows.length);
        expect(new Set(met).size).toBe(rows.length);
        // What is left behind a bound, as a worker asks that comes back.
        const later = bounds[Math.floor(bounds.length / 2)];
        const rest = await readBoundaries(session, scope, { key, rows: size, after: later });
        expect(rest.length).toBeLessThanOrEqual(bounds.length - 2);
      },
    ),
    { numRuns: 60 },
  );
});

const administrator = { signIn: 'a', objectId: 'o', tenantId: 't' };
