import { expect, test } from 'vitest';
import { createPages } from '../../../engine/proofs/collect/pages.ts';

const page = (n: number) => Buffer.from([n]);
const numbers = (all: readonly (readonly Buffer[])[]) => all.map((some) => some.map(([n]) => n));
const UNTIL_TEN = Array.from({ length: 10 }, (_, n) => n);

test('pages beside a reading › are kept ten at a time while more come, and all the rest when it ends', async () => {
  const kept: (readonly Buffer[])[] = [];
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  await using pages = createPages(async (some) => {
    await gate;
    kept.push(some);
  }, true);
  for (let n = 0; n < 23; n += 1) pages.put(page(n));
  const settled = pages.settle();
  open();
  await settled;
  expect(numbers(kept)).toEqual([UNTIL_TEN, UNTIL_TEN.map((n) => n + 10), [20, 21, 22]]);
});

test('pages on the session that reads › wait until it has read', async () => {
  const kept: (readonly Buffer[])[] = [];
  await using pages = createPages(async (some) => void kept.push(some), false);
  for (let n = 0; n < 12; n += 1) pages.put(page(n));
  await Promise.resolve();
  expect(kept).toEqual([]);
  await pages.settle();
  expect(numbers(kept)).toEqual([UNTIL_TEN, [10, 11]]);
});

test('a page that is not kept › ends the collection, and nothing is sent behind it', async () => {
  let sent = 0;
  const pages = createPages(async () => {
    sent += 1;
    await Promise.reject(new Error('the server has gone'));
  }, true);
  for (let n = 0; n < 40; n += 1) pages.put(page(n));
  await expect(pages.settle()).rejects.toThrow('the server has gone');
  pages.put(page(0));
  await expect(pages.settle()).rejects.toThrow('the server has gone');
  await pages[Symbol.asyncDispose]();
  expect(sent).toBe(1);
});
