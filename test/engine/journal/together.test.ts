import { expect, test } from 'vitest';
import { JournalUnavailableError } from '../../../engine/journal/access.ts';
import { createTogether } from '../../../engine/journal/together.ts';

/** Carries out when it is told to; a batch with `wrong` in it comes to nothing. */
function aWork() {
  const begun: { readonly items: readonly string[]; readonly end: () => void }[] = [];
  const carryOut = async (items: readonly string[]): Promise<string> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    begun.push({ items, end: resolve });
    await promise;
    if (items.includes('wrong')) throw new Error('wrong');
    return `done ${String(begun.length)}`;
  };
  const items = () => begun.map((one) => one.items);
  const end = async () => {
    for (const one of begun) one.end();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { carryOut, items, end };
}

test('what is asked for alone › is carried out at once', async () => {
  const { carryOut, items, end } = aWork();
  const together = createTogether(carryOut);
  const asked = together('a');
  expect(items()).toEqual([['a']]);
  await end();
  expect(await asked).toBe('done 1');
  void together('b');
  expect(items()).toEqual([['a'], ['b']]);
});

test('what is asked for meanwhile › goes together afterwards, so many at most, and gets what was begun after it was asked for', async () => {
  const { carryOut, items, end } = aWork();
  const together = createTogether(carryOut, 2);
  const asked = ['a', 'b', 'c', 'd'].map((item) => together(item));
  await end();
  expect(items()).toEqual([['a'], ['b', 'c']]);
  await end();
  await end();
  expect(items()).toEqual([['a'], ['b', 'c'], ['d']]);
  expect(await Promise.all(asked)).toEqual(['done 1', 'done 2', 'done 2', 'done 3']);
});

test('what comes to nothing together › is tried alone, and only what is wrong fails', async () => {
  const { carryOut, items, end } = aWork();
  const together = createTogether(carryOut);
  const asked = Promise.allSettled(['a', 'b', 'wrong'].map((item) => together(item)));
  await end();
  await end();
  await end();
  expect(items()).toEqual([['a'], ['b', 'wrong'], ['b'], ['wrong']]);
  expect((await asked).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
});

test('a journal that is away › fails all that were together, and is not asked once more by each', async () => {
  const asked: (readonly string[])[] = [];
  const together = createTogether((items: readonly string[]) => {
    asked.push(items);
    return Promise.reject(new JournalUnavailableError(undefined));
  });
  const all = await Promise.allSettled(['a', 'b', 'c'].map((item) => together(item)));
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(asked).toEqual([['a'], ['b', 'c']]);
});

test('what throws before it has begun › fails alone, and whoever comes later is not kept waiting', async () => {
  const together = createTogether((items: readonly string[]): Promise<string> => {
    if (items.includes('wrong')) throw new Error('wrong');
    return Promise.resolve('done');
  });
  await expect(together('wrong')).rejects.toThrow('wrong');
  expect(await together('a')).toBe('done');
});
