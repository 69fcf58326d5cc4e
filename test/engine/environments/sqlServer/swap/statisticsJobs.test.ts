import { afterAll, beforeAll, expect, test } from 'vitest';
import { aScene, type Scene } from '../refresh.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await aScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

/** The server updates statistics of the target in the background. */
function startJob(id: number) {
  const { state } = scene.standIn;
  scene.database('uatax_rewindtest').options.flags['is_auto_update_stats_async_on'] = 1;
  const job = { id, databaseId: scene.database('uatax_rewindtest').id, until: Infinity };
  state.statisticsJobs.push(job);
  return { end: () => void (job.until = 0) };
}
const serviceLogin = () => scene.standIn.state.logins.find(({ name }) => name === scene.service);

test('a background update of statistics in the target › is waited for before it is held alone', async () => {
  await scene.act('restore', 'R-1');
  const job = startJob(7);
  const log = (text: string) => {
    scene.log.push(text);
    if (text.includes('waits for the background update')) job.end();
  };
  await scene.act('swap', 'R-1', { log });
  expect(await scene.observe('R-1')).toMatchObject({ target: 'new', isOpen: false });
  expect(scene.log).toContain('uatax_rewindtest: waits for the background update of statistics 7 to end');
  // The single place was never taken by the job.
  const held = scene.standIn.statements.filter(({ text, outcome }) => /MODIFY NAME/.test(text) && outcome !== 'done');
  expect(held).toEqual([]);
  await scene.act('swap-back', 'R-1');
  expect(scene.database('uatax_rewindtest').options.flags['is_auto_update_stats_async_on']).toBe(1);
});

test('a target that somebody holds while its statistics are looked at › is taken all the same', async () => {
  scene.database('uatax_rewindtest').options.flags['is_auto_update_stats_async_on'] = 1;
  const held = scene.standIn.fault({
    match: /SET AUTO_UPDATE_STATISTICS_ASYNC OFF/,
    effect: {
      errors: [
        [5064, "Changes to 'uatax_rewindtest' cannot be made."],
        [5069, 'ALTER DATABASE statement failed.'],
      ],
    },
  });
  await scene.act('swap', 'R-1');
  held.remove();
  expect(await scene.observe('R-1')).toMatchObject({ target: 'new', isOpen: false });
  await scene.act('swap-back', 'R-1');
});

test('a background update of statistics › is ended where the service may', async () => {
  serviceLogin()?.roles.add('processadmin');
  startJob(8);
  await scene.act('swap', 'R-1');
  expect(scene.log).toContain('uatax_rewindtest: background update of statistics 8 is ended');
  await scene.act('swap-back', 'R-1');
  await scene.act('drop-incoming', 'R-1');
});
