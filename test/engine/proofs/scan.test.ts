import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPacker, readPage } from '../../../engine/proofs/collect/pack.ts';
import { createSighted } from '../../../engine/proofs/collect/sighted.ts';
import { keysFrom, PRINT, PRINT_NUMBERS, putPrint } from '../../../engine/proofs/scan/keys.ts';
import { createLeaps, FAR, type Leaps } from '../../../engine/proofs/scan/leaps.ts';
import { scanBytes } from '../../../engine/proofs/scan/scanBytes.ts';
import { makeSoughtSet } from '../../../engine/proofs/scan/soughtSet.ts';

const keys = keysFrom(Buffer.alloc(32, 5));

/** From packed pages, as they lie in the side table. */
function setOf(values: readonly string[], announced = values.length) {
  const pages: Buffer[] = [];
  const packer = createPacker(keys, (page) => void pages.push(Buffer.from(page)));
  for (const value of values) packer.add(Buffer.from(value), 1);
  packer.end(announced);
  const maker = makeSoughtSet(keys, announced);
  let leaps: Leaps | undefined;
  for (const page of pages.map(readPage)) {
    if ('leaps' in page) ({ leaps } = page);
    else maker.add(page.prints);
  }
  if (leaps === undefined) throw new Error('no leaps');
  return maker.with(leaps);
}

test('a sought value › is found wherever it stands, whatever else is sought', () => {
  const letters = ['a', 'b', 'c', 'd', 'e', '@', '.', '0'];
  const value = fc.string({ unit: fc.constantFrom(...letters), minLength: 8, maxLength: 80 });
  const around = fc.string({ unit: fc.constantFrom(...letters, ' '), maxLength: 40 });
  // The more are announced, the more bits the table of leaps has.
  const announced = fc.constantFrom(0, 3_000);
  fc.assert(
    fc.property(
      fc.uniqueArray(value, { minLength: 1, maxLength: 30 }),
      fc.nat(),
      around,
      around,
      announced,
      (values, which, before, behind, more) => {
        const chosen = values[which % values.length] ?? '';
        const bytes = Buffer.from(`${before}${chosen}${behind}`);
        const ends: number[] = [];
        scanBytes(bytes, bytes.length, setOf(values, Math.max(more, values.length)), (_, to) => ends.push(to));
        expect(ends).toContain(before.length + chosen.length);
      },
    ),
    { numRuns: 40 },
  );
});

test('leaps › are never farther in a smaller table than in a larger one', () => {
  const leaps = createLeaps(keys.block);
  for (let n = 0; n < 3_000; n += 1) leaps.add(Buffer.from(`person${String(n)}@contoso.example`), 0);
  const [large, small] = [leaps.take(2 ** 20), leaps.take(3_000)];
  expect([large.length, small.length, leaps.take(0).length]).toEqual([2 ** 21, 2 ** 13, 2 ** 12]);
  const group = large.length / small.length;
  const nearest = Array.from(small, (_, at) => Math.min(...large.subarray(at * group, (at + 1) * group)));
  expect([...small]).toEqual(nearest);
  expect(new Set(large)).toEqual(new Set([0, 1, 2, 3, 4, FAR]));
});

test('what was sighted › is new once for each kind, and never where it is spared', () => {
  const sighted = createSighted(keys.mac);
  const bytes = (n: number) => Buffer.from(`value number ${String(n)}`);
  sighted.spare(bytes(7));
  const all = Array.from({ length: 20_000 }, (_, n) => n);
  expect(all.filter((n) => !sighted.isNew(1, bytes(n)))).toEqual([7]);
  expect(all.filter((n) => sighted.isNew(1, bytes(n)))).toEqual([]);
  expect(all.slice(0, 9).filter((n) => !sighted.isNew(2, bytes(n)))).toEqual([7]);
});

test('a print › is the same whether the keyed hash was known before or not', () => {
  const sighted = createSighted(keys.mac);
  for (const length of [8, 9, 63, 64, 65, 200]) {
    const value = Buffer.from('0123456789abcdef'.repeat(13).slice(0, length));
    sighted.isNew(3, value);
    const [given, anew] = [new Int32Array(PRINT_NUMBERS), new Int32Array(PRINT_NUMBERS)];
    putPrint(given, 0, value, 3, keys, sighted.mac);
    putPrint(anew, 0, value, 3, keys);
    expect([...given]).toEqual([...anew]);
    expect(given[PRINT.lengthAndKind]).toBe((Math.min(length, 64) << 8) | 3);
  }
});
