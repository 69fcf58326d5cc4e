import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChatPage } from '../../demo/chat/openChatPage.ts';
import { playJourney } from '../../demo/play/journey.ts';
import { startPlayground } from '../../demo/playground.ts';
import { freePort } from '../../demo/supervisor/freePort.ts';
import { startDemo, type Demo } from '../../demo/startDemo.ts';
import { isLongRun } from '../longRun.ts';
import { inBrowser } from './inBrowser.ts';
import { openTwoPeople } from './twoPeople.ts';
import { openPage } from './playgroundPage.ts';
import { approveInTerminal } from './terminal.ts';

let folder: string;
let demo: Demo;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rewind-journey-'));
  demo = await startDemo({ folder, say: () => undefined });
}, 300_000);

afterAll(async () => {
  await demo[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

// First, while nobody has spoken in the channel: a client that is gone would hold up what is sent there.
test(
  'the journey › is told by two people side by side: asked, chosen, confirmed, approved, completed',
  inBrowser,
  async () => {
    const { url } = await openChatPage(demo);
    await using people = await openTwoPeople(url);
    const { asks, approves } = people;
    await approves.speak('America/New_York');
    await asks.take('before the mistake');
    await asks.fill(/Type uat to confirm/, 'uat');
    await asks.fill(/Reason/, 'Prices as before the mistake');
    await people.picture('two-people-plan');
    await asks.press('Replace UAT');
    await approves.followMark();
    await approves.button('Approve').waitFor();
    await asks.lookAt('awaits approval');
    await people.picture('two-people-approval');
    // Whoever asked cannot approve, and is told so.
    await asks.press('Approve');
    await asks.text(/may not approve/).waitFor();
    await approves.press('Approve');
    await asks.text('Next steps for Admin').waitFor();
    await approves.text('rules proved').waitFor();
    await approves.text('Approved by').waitFor();
    const messages = await asks.messages();
    await people.reload();
    await approves.text('Next steps for Admin').waitFor();
    expect(await asks.messages()).toBeGreaterThanOrEqual(messages);
    await people.picture('two-people-completed');
  },
);

test('the journey › a refresh, a stop, a failure with its rollback and a rollback after success leave what they promise', async () => {
  const lines: string[] = [];
  // A full minute is waited for what comes by itself.
  const result = await playJourney(demo, (line) => lines.push(line), { hasSchedule: isLongRun });
  expect(lines.filter((line) => line.startsWith('✗'))).toEqual([]);
  expect(result.runs.map(({ target, state }) => [target, state])).toEqual([
    ['uat', 'rolled-back'],
    ['test', 'aborted'],
    ['test', 'rolled-back'],
    ...(isLongRun ? [['uat', 'completed']] : []),
  ]);
  // Seconds, as the README says, on however busy a machine. `npm run bench` holds the figures themselves.
  for (const { switchSeconds, rollbackSeconds } of result.runs) {
    expect(switchSeconds ?? 0).toBeLessThan(30);
    expect(rollbackSeconds ?? 0).toBeLessThan(30);
  }
}, 300_000);

test(
  'the journey › works in a chat client that nobody here wrote, from /refresh uat to the finished card',
  inBrowser,
  async () => {
    await using page = await openPage(await playground());
    await page.type(`/refresh uat at ${beforeTheMistake()}`);
    await page.button('Replace UAT').waitFor();
    await page.picture('plan');
    await page.fill('uat', 'uat');
    await page.fill('For example: UAT round 3, ticket CHG-2211', 'Prices as before the mistake');
    await page.button('Replace UAT').click();
    await page.text('awaits approval').waitFor();
    await page.picture('approval');
    await approveInTerminal(demo, 'Mira Okafor');
    await page.text('Step 2 of 12').or(page.text('Step 3 of 12')).or(page.text('Completed')).last().waitFor();
    await page.text('Next steps for Admin').waitFor();
    expect(await page.text('rules proved').isVisible()).toBe(true);
    await page.picture('completed');
  },
);

test(
  'the journey › a refresh of test that fails behind its switch is rolled back by one click',
  inBrowser,
  async () => {
    await using page = await openPage(await playground());
    await page.type(`/refresh test at ${beforeTheMistake()}`);
    await page.fill('test', 'test');
    await page.button('Replace TEST').click();
    await page.text('awaits approval').waitFor();
    await approveInTerminal(demo, 'Mira Okafor');
    await page.button('Roll back TEST').waitFor();
    await page.picture('failed');
    await page.button('Roll back TEST').click();
    await page.text('Rolled back').last().waitFor();
    expect(await page.button('Roll back TEST').isVisible()).toBe(false);
    await page.picture('rolled-back');
  },
);

let started: Promise<string> | undefined;

/** One chat client for all; each test opens a page of its own. */
function playground(): Promise<string> {
  started ??= freePort()
    .then((port) =>
      startPlayground({
        supervisor: demo.supervisor,
        folder,
        port,
        botAppId: demo.botAppId,
        endpoint: `${demo.botUrl}/api/messages`,
      }),
    )
    .then(({ url }) => url);
  return started;
}

function beforeTheMistake(): string {
  return demo.company.moments.find(({ name }) => name === 'before the mistake')?.at ?? '';
}
