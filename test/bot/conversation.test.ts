import { afterAll, beforeAll, expect, test } from 'vitest';
import { aiko, jonas } from './builders.ts';
import { createWorld, textOf, verbsOf, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('a refresh › is asked for, planned, confirmed and approved by a second person', async () => {
  const card = await world.say(jonas, '/refresh uat');
  expect(textOf(card.card)).toContain('UAT');
  const planning = await world.click(jonas, card, 'preview-plan', { target: 'uat', point: '2026-11-20T17:00:00.000Z' });
  console.log(textOf(planning).slice(0,300), verbsOf(planning));
  const [run] = await world.journal.runs({});
  expect(world.woken).toEqual([`plan ${run?.runId}`]);
  await world.plan(run!.runId);
  await world.connector.until(() => verbsOf(card.card).includes('confirm-run'), 'the plan is shown');
  const waiting = await world.click(jonas, card, 'confirm-run', { confirm: 'Uat', reason: 'testing' });
  console.log(textOf(waiting).slice(0,300), verbsOf(waiting));
  await world.connector.until(() => world.connector.messages.length === 2, 'the approval is asked for');
  const approval = world.connector.messages[1]!;
  console.log(textOf(approval.card).slice(0,500), verbsOf(approval.card));
  const own = await world.click(jonas, approval, 'approve-run');
  console.log(textOf(own));
  const approved = await world.click(aiko, approval, 'approve-run');
  console.log(textOf(approved));
  console.log(world.logged.join('\n'));
});
