import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasChromium, sentBy, showCards, startBrowser } from './browser.ts';
import { plan } from './samples.ts';
import { CARD_STATES } from './states.ts';

/** What the forms of the cards send when people fill them in; pictures.test.ts complains when there is no Chromium. */
const inBrowser = { skip: !hasChromium(), timeout: 60_000 };

let browser: Browser | undefined;
let page: Page;
beforeAll(async () => {
  if (!hasChromium()) return;
  browser = await startBrowser();
  page = await browser.newPage();
});
afterAll(async () => browser?.close());

test('the choose card › sends the picked moment with the sandbox', inBrowser, async () => {
  await show('choose');
  await page.getByText('Start of today').click();
  await page.getByRole('button', { name: 'Preview plan' }).click();
  expect(await sentBy(page)).toEqual([
    { verb: 'preview-plan', data: { runId: 'R-1042', target: 'uat', point: '2026-11-21T23:00:00.000Z' } },
  ]);
});

test('the choose card › sends the source that was picked, where there are several', inBrowser, async () => {
  await show('choose-source');
  await page.getByLabel('Restored from which environment?').selectOption('sit');
  await page.getByText('Start of today').click();
  await page.getByRole('button', { name: 'Preview plan' }).click();
  expect(await sentBy(page)).toMatchObject([{ verb: 'preview-plan', data: { target: 'uat', source: 'sit' } }]);
});

test('another time › is sent although no moment of the list was picked', inBrowser, async () => {
  await show('choose');
  await page.getByRole('button', { name: 'Other time…' }).click();
  await page.locator('input[type=date]').fill('2026-11-19');
  await page.locator('input[type=time]').fill('18:00');
  await page.getByRole('button', { name: 'Preview this time' }).click();
  const [sent] = await sentBy(page);
  expect(sent?.verb).toBe('preview-plan-at');
  expect(sent?.data).toMatchObject({
    runId: 'R-1042',
    target: 'uat',
    date: '2026-11-19',
    time: '18:00',
    zone: 'Europe/Berlin',
  });
});

test('the plan › is not sent with a wrong or empty confirmation', inBrowser, async () => {
  await show('plan');
  const replace = page.getByRole('button', { name: 'Replace UAT' });
  await replace.click();
  await page.getByPlaceholder('uat', { exact: true }).fill('prod');
  await replace.click();
  expect(await sentBy(page)).toEqual([]);
  await page.getByPlaceholder('uat', { exact: true }).fill('UAT');
  await page.getByPlaceholder('For example').fill('UAT round 3');
  await replace.click();
  expect(await sentBy(page)).toEqual([
    { verb: 'confirm-run', data: { runId: 'R-1042', digest: plan.digest, confirm: 'UAT', reason: 'UAT round 3' } },
  ]);
});

test('the plan › can be left without filling anything in', inBrowser, async () => {
  await show('plan');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Change time' }).click();
  expect((await sentBy(page)).map(({ verb }) => verb)).toEqual(['keep-target', 'change-moment']);
});

test('rejecting › asks for a reason first', inBrowser, async () => {
  await show('approval');
  await page.getByRole('button', { name: 'Reject…' }).click();
  await page.getByRole('button', { name: 'Reject request' }).click();
  expect(await sentBy(page)).toEqual([]);
  await page.locator('textarea').fill('Month-end tests run until Friday.');
  await page.getByRole('button', { name: 'Reject request' }).click();
  expect(await sentBy(page)).toEqual([
    { verb: 'reject-run', data: { runId: 'R-1042', why: 'Month-end tests run until Friday.' } },
  ]);
});

test(
  'the form of a schedule › sends what was clicked, and nothing before it says when it starts',
  inBrowser,
  async () => {
    await show('schedule-form');
    await page.getByText('Wednesday').first().click();
    await page.getByText('Sunday').first().click();
    await page.getByRole('button', { name: 'Show the dates' }).click();
    expect(await sentBy(page)).toEqual([]);
    await page.locator('input[type=time]').first().fill('22:00');
    await page.getByLabel('Production as of').selectOption('1');
    await page.locator('input[type=time]').last().fill('23:00');
    await page.getByRole('button', { name: 'Show the dates' }).click();
    expect(await sentBy(page)).toMatchObject([
      {
        verb: 'preview-schedule',
        data: {
          target: 'uat',
          source: 'prod',
          often: 'weekly',
          days: '3,7',
          time: '22:00',
          asOf: '1',
          asOfTime: '23:00',
        },
      },
    ]);
  },
);

test('an item of the checklist › is ticked off by a tap', inBrowser, async () => {
  await show('success');
  await page.getByText('Enable the users who may work here').click();
  expect(await sentBy(page)).toEqual([{ verb: 'tick-item', data: { runId: 'R-1042', n: 2 } }]);
});

async function show(name: string): Promise<void> {
  const state = CARD_STATES.find((each) => each.name === name);
  if (!state) throw new Error(`No card state is called ${name}.`);
  await showCards(page, [{ name, card: state.card() }], { theme: 'light', width: 640 });
}
