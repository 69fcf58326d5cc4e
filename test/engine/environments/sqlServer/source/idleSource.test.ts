import { expect, test } from 'vitest';
import { aScene } from '../refresh.ts';

test('a moment at which nothing happened any more › is reached: an empty log backup after it proves that the last one holds all', async () => {
  await using scene = await aScene();
  const { archive, provider, server, source, target } = scene.fixture;
  await archive();
  await server.nextSecond();
  const idle = server.clock.now();
  await archive();

  const { chain } = await provider.plan(source, target, idle);
  await scene.act('restore', 'R-1', { at: idle });
  expect(await scene.rows('incoming', 'R-1')).toEqual([1, 2, 3]);
  expect(scene.log.filter((line) => line.includes('nothing was committed'))).toHaveLength(2);
  expect(chain.filter((line) => line.includes('STOPAT')).length).toBeGreaterThan(0);
});
