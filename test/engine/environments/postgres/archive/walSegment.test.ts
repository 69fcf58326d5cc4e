import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { latestCommit } from '../../../../../engine/environments/postgres/archive/walSegment.ts';
import { SEGMENT_BYTES, type WalRecord, writeWal } from '../walWriter.ts';

const at = (n: number) => BigInt(Date.parse('2026-11-20T12:00:00Z')) * 1000n + BigInt(n);

test('a WAL segment › tells the latest commit, whatever the order and the sizes of its records', () => {
  const record = fc.record({
    length: fc.integer({ min: 48, max: 9000 }),
    time: fc.option(fc.integer({ min: 0, max: 1e9 })),
  });
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 12 }), (all) => {
      const records: WalRecord[] = all.map(({ length, time }) =>
        time === null ? { length } : { length: Math.min(length, 2000), committedAt: at(time) },
      );
      const segments = writeWal(records);
      const found = segments
        .map((segment, index) => latestCommit(segment, segments[index + 1]))
        .filter((commit) => commit !== undefined);
      const times = records.map(({ committedAt }) => committedAt).filter((time) => time !== undefined);
      expect(greatest(found)).toBe(greatest(times));
    }),
    { numRuns: 300 },
  );
});

test('a WAL segment › does not count a commit whose rest is in a segment that is not archived', () => {
  const filler = { length: SEGMENT_BYTES - 40 - 3 * 24 - 64 - 48 };
  const [first, second] = writeWal([{ length: 64, committedAt: at(1) }, filler, { length: 200, committedAt: at(2) }]);
  expect(first).toBeDefined();
  expect(latestCommit(first ?? Buffer.alloc(0))).toBe(at(1));
  expect(latestCommit(first ?? Buffer.alloc(0), second)).toBe(at(2));
});

test('a WAL segment › stops where a recycled segment shows pages of its former life', () => {
  const [segment = Buffer.alloc(0)] = writeWal([
    { length: 64, committedAt: at(1) },
    { length: 10_000 },
    { length: 64, committedAt: at(2) },
  ]);
  segment.writeBigUInt64LE(8192n, 8192 + 8);
  expect(latestCommit(segment)).toBe(at(1));
});

test('a WAL segment › reads on after a record that production abandoned in a crash', () => {
  const [segment = Buffer.alloc(0)] = writeWal([{ length: 8192 - 40 + 100 }, { length: 64, committedAt: at(5) }]);
  // The second page overwrites what the first has begun: it continues nothing, and begins with the commit.
  const page = segment.subarray(8192, 16_384);
  page.writeUInt16LE(8, 2);
  page.writeUInt32LE(0, 16);
  const commit = page.subarray(24 + 104, 24 + 104 + 64);
  page.set(Buffer.concat([commit, Buffer.alloc(104)]), 24);
  expect(latestCommit(segment)).toBe(at(5));
});

const greatest = (times: readonly bigint[]) =>
  times.reduce<bigint | undefined>((max, time) => (max === undefined || time > max ? time : max), undefined);
