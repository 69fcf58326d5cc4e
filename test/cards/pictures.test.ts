import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportPage } from '../../engine/reports/reportPage.ts';
import { aReport } from '../engine/reports/samples.ts';
import { isLongRun } from '../longRun.ts';
import { arabic } from './arabic.ts';
import { CHROMIUM, findOverflow, hasChromium, showCards, startBrowser, takeSheet, type Look } from './browser.ts';
import { hostile } from './hostile.ts';
import type { Making } from './making.ts';
import { CARD_STATES } from './states.ts';

/** Where the pictures of the cards (of a long run) and reports are, to be looked at. */
const FOLDER = join(import.meta.dirname, '..', '..', 'build', 'pictures');

if (!hasChromium()) {
  if (process.env.CI) throw new Error(`No Chromium at ${CHROMIUM}: the pictures of the cards cannot be checked.`);
  console.warn(`SKIPPED: no Chromium at ${CHROMIUM}, so no card was drawn. Install chromium, or set CHROMIUM_PATH.`);
}
const drawn = { skip: !hasChromium(), timeout: 90_000 };

let browser: Browser | undefined;
let page: Page;
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  if (!hasChromium()) return;
  browser = await startBrowser();
  page = await browser.newPage();
});
afterAll(async () => browser?.close());

const LIGHT_WIDE: Look = { theme: 'light', width: 640 };
const LIGHT_NARROW: Look = { theme: 'light', width: 320 };
const DARK_WIDE: Look = { theme: 'dark', width: 640 };
const DARK_NARROW: Look = { theme: 'dark', width: 320 };

const EVERY_LOOK = [LIGHT_WIDE, LIGHT_NARROW, DARK_WIDE, DARK_NARROW];
const SHEETS: readonly { readonly name: string; readonly making: Making; readonly looks: readonly Look[] }[] = [
  // Themes differ in colours alone: either width in one of them shows what sticks out.
  { name: 'en', making: {}, looks: isLongRun ? EVERY_LOOK : [LIGHT_WIDE, DARK_NARROW] },
  {
    name: 'ar',
    making: { readership: { locale: 'ar', words: arabic } },
    looks: isLongRun ? EVERY_LOOK : [DARK_WIDE, LIGHT_NARROW],
  },
  { name: 'hostile', making: { alter: hostile }, looks: [LIGHT_WIDE, LIGHT_NARROW] },
  {
    name: 'long',
    making: { alter: (data) => hostile(data, 'Integrationstestumgebung_Berlin_Brandenburg_2') },
    looks: [LIGHT_NARROW],
  },
];

for (const { name, making, looks } of SHEETS) {
  for (const look of looks) {
    test(`every card, ${name} ${look.theme} ${look.width} px › stays inside its box`, drawn, async () => {
      await show(making, look);
      if (isLongRun) await takeSheet(page, join(FOLDER, `all-${name}-${look.theme}-${look.width}.jpg`));
      expect(await findOverflow(page)).toEqual([]);
    });
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 960]) {
    test(
      `the page of a report, ${colorScheme} ${String(width)} px › stays inside its width, in readable colours`,
      drawn,
      async () => {
        await page.goto('about:blank');
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        await page.setContent(reportPage(aReport(), 'signed with reports-2026, and unaltered', 'x/file').html);
        await page.screenshot({
          path: join(FOLDER, `report-${colorScheme}-${String(width)}.jpg`),
          fullPage: true,
          type: 'jpeg',
        });
        const { scroll, outside, ink, ground } = await page.evaluate(() => ({
          scroll: document.documentElement.scrollWidth,
          outside: Array.from(document.querySelectorAll('main *'))
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
            .map((element) => element.textContent?.slice(0, 40)),
          ink: getComputedStyle(document.body).color,
          ground: getComputedStyle(document.body).backgroundColor,
        }));
        expect([scroll, outside]).toEqual([width, []]);
        expect([ink, ground]).toEqual(
          colorScheme === 'light'
            ? ['rgb(36, 36, 36)', 'rgb(255, 255, 255)']
            : ['rgb(240, 240, 240)', 'rgb(31, 31, 31)'],
        );
      },
    );
  }
}

test('every card › comes without a link or picture from hostile data', drawn, async () => {
  await show({ alter: hostile }, LIGHT_WIDE);
  expect(await page.locator('.box a, .box img, .box iframe, .box script').count()).toBe(0);
  // The name itself may be hostile: it is only ever mentioned as far as letters go.
  const mentions = await page.locator('.mention').allTextContents();
  expect(mentions.filter((name) => name === 'Everyone')).toEqual([]);
});

test('every card › is complete in a client without the elements of Teams', drawn, async () => {
  await show({}, { ...LIGHT_WIDE, isBase: true });
  const texts = await page.locator('#progress').textContent();
  expect(texts).toContain('█████████░░░░░░░░░░░');
  expect(await page.locator('#failure').textContent()).toContain('Msg 1505');
  expect(await page.locator('#success').textContent()).toContain('Completed');
  expect(await findOverflow(page)).toEqual([]);
});

async function show(making: Making, look: Look): Promise<void> {
  const cards = CARD_STATES.map(({ name, card }) => ({ name, card: card(making) }));
  await showCards(page, cards, look);
}
