import { expect, test } from 'vitest';
import { createTurns } from '../../../../engine/environments/sqlServer/turns.ts';

const never = new AbortController().signal;

test('restores on one server › go one after the other, those on another server do not wait', async () => {
  const turns = createTurns();
  const seen: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = turns.take(
    'a',
    never,
    () => seen.push('first waits'),
    async () => {
      seen.push('first begins');
      await gate.promise;
      seen.push('first ends');
    },
  );
  const second = turns.take(
    'a',
    never,
    () => seen.push('second waits'),
    async () => seen.push('second'),
  );
  await turns.take(
    'b',
    never,
    () => seen.push('other waits'),
    async () => seen.push('other'),
  );
  gate.resolve();
  await Promise.all([first, second]);
  expect(seen.filter((line) => line !== 'other')).toEqual(['first begins', 'second waits', 'first ends', 'second']);
  expect(seen).toContain('other');
});

test('a restore that is stopped while it waits › gives its turn to the next, and one that fails does too', async () => {
  const turns = createTurns();
  const gate = Promise.withResolvers<void>();
  const first = turns.take(
    'a',
    never,
    () => undefined,
    () => gate.promise,
  );
  const stop = new AbortController();
  const stopped = turns.take(
    'a',
    stop.signal,
    () => undefined,
    async () => 'ran',
  );
  const third = turns.take(
    'a',
    never,
    () => undefined,
    async () => 'third',
  );
  stop.abort(new Error('stopped by a person'));
  await expect(stopped).rejects.toThrow('stopped by a person');
  gate.reject(new Error('disk full'));
  await expect(first).rejects.toThrow('disk full');
  expect(await third).toBe('third');
});

test('a restore that is stopped as the last that waits › lets nobody begin beside the one that runs', async () => {
  const turns = createTurns();
  const [gate, seen] = [Promise.withResolvers<void>(), Array.of<string>()];
  const take = (name: string, signal: AbortSignal, work: () => Promise<void>) =>
    turns.take(
      'a',
      signal,
      () => seen.push(`${name} waits`),
      async () => {
        seen.push(`${name} begins`);
        await work();
        seen.push(`${name} ends`);
      },
    );
  const first = take('first', never, () => gate.promise);
  const stop = new AbortController();
  const stopped = take('stopped', stop.signal, async () => undefined);
  stop.abort(new Error('stopped by a person'));
  await expect(stopped).rejects.toThrow('stopped by a person');
  const third = take('third', never, async () => undefined);
  gate.resolve();
  await Promise.all([first, third]);
  expect(seen).toEqual(['first begins', 'stopped waits', 'third waits', 'first ends', 'third begins', 'third ends']);
  await take('fourth', never, async () => undefined);
  expect(seen.slice(-2)).toEqual(['fourth begins', 'fourth ends']);
});
