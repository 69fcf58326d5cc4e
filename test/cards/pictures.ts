/** Draws the cards that the README shows into docs/pictures: `node test/cards/pictures.ts [names…]`. */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { reportPage } from '../../engine/reports/reportPage.ts';
import { aReport, OWN } from '../engine/reports/samples.ts';
import { showCards, startBrowser } from './browser.ts';
import { CARD_STATES } from './states.ts';

const SHOWN = ['choose', 'plan', 'plan-azure', 'approval', 'progress', 'exception', 'success', 'failure'];

const REPORT = 'report';

const MAX_BYTES = 120 * 1024;

const folder = process.env.PICTURES_TO ?? join(import.meta.dirname, '..', '..', 'docs', 'pictures');
const names = process.argv.length > 2 ? process.argv.slice(2) : SHOWN;
const cards = CARD_STATES.filter(({ name }) => names.includes(name)).map(({ name, card }) => ({ name, card: card() }));

mkdirSync(folder, { recursive: true });
const browser = await startBrowser();
for (const { name, card } of cards) {
  const path = join(folder, `${name}.png`);
  // As sharp as fits: the README loads them all.
  for (const scale of [2, 1.5, 1.25, 1]) {
    const page = await browser.newPage({ deviceScaleFactor: scale });
    await showCards(page, [{ name, card }], { theme: 'light', width: 640 });
    await page.locator('.box').screenshot({ path });
    await page.close();
    if (statSync(path).size <= MAX_BYTES) break;
  }
  console.log(`${name}.png ${Math.round(statSync(path).size / 1024)} KB`);
}
if (process.argv.length === 2 || names.includes(REPORT)) {
  const page = await browser.newPage({ viewport: { width: 640, height: 900 } });
  await page.setContent(reportPage(aReport(), `signed with ${OWN.own.id}, and unaltered`, 'file').html);
  await page.screenshot({ path: join(folder, `${REPORT}.png`) });
}
await browser.close();
