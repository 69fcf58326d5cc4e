import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Card } from '../../cards/index.ts';
import type * as CardsModule from '../../demo/chat/page/cards.ts';
import { cardStyles, hostConfig, PALETTES, type Theme } from '../../demo/chat/page/teamsHost.ts';
import { moduleScript, rendererScripts } from '../../demo/chat/pageFiles.ts';

/** Debian's Chromium, or another through CHROMIUM_PATH. */
export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export function hasChromium(): boolean {
  return existsSync(CHROMIUM);
}

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Look {
  readonly theme: Theme;
  readonly width: number;
  /** Without Badge, ProgressBar and CodeBlock: their fallbacks have to carry the card. */
  readonly isBase?: boolean;
}

/**
 * Shows the cards below each other, each in a box of the client's width, drawn by the reference renderer.
 * Whatever the page showed before is gone: it takes a second to open another.
 */
export async function showCards(
  page: Page,
  cards: readonly { readonly name: string; readonly card: Card }[],
  look: Look,
): Promise<void> {
  await page.goto('about:blank');
  await page.setViewportSize({ width: 4 * look.width + 72, height: 800 });
  await page.setContent(
    `<!doctype html><html><head><meta charset="utf-8"><style>${pageStyles(look.theme)}</style></head><body></body></html>`,
  );
  for (const { path } of rendererScripts()) await page.addScriptTag({ path });
  await page.addScriptTag({
    type: 'module',
    content: `${moduleScript('cards.ts')}\nObject.assign(globalThis, { prepareRenderer, parseCard });`,
  });
  await page.evaluate(draw, {
    cards,
    config: hostConfig(look.theme, look.width),
    width: look.width,
    isBase: look.isBase ?? false,
  });
}

/** What a button of a card would send to the bot. */
export interface Sent {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export async function sentBy(page: Page): Promise<readonly Sent[]> {
  return JSON.parse(await page.evaluate(() => document.body.dataset.sent ?? '[]')) as readonly Sent[];
}

function pageStyles(theme: Theme): string {
  return `body { margin: 0; padding: 12px; background: ${PALETTES[theme].page}; width: max-content; }
    body.sheet { columns: 4; column-gap: 16px; }
    ${cardStyles(theme)}`;
}

interface Drawing {
  readonly cards: readonly { readonly name: string; readonly card: object }[];
  readonly config: object;
  readonly width: number;
  readonly isBase: boolean;
}

/** Runs in the page, where the demo's own module draws. */
function draw({ cards, config, width, isBase }: Drawing): void {
  const { prepareRenderer, parseCard } = globalThis as never as typeof CardsModule;
  prepareRenderer({ withTeamsElements: !isBase });
  for (const { name, card } of cards) {
    const drawing = parseCard(card, { config, isWide: width >= 400 }, (action) => {
      const { verb, data } = action as never as Sent;
      const sent = (document.body.dataset.sent ??= '[]');
      document.body.dataset.sent = JSON.stringify([...(JSON.parse(sent) as Sent[]), { verb, data }]);
    });
    const frame = Object.assign(document.createElement('div'), { className: 'box', id: name });
    frame.style.width = `${width}px`;
    const rendered = drawing.render();
    if (rendered) frame.append(rendered);
    document.body.append(frame);
  }
}

/** One picture with all cards of the page, in four columns. */
export async function takeSheet(page: Page, path: string): Promise<void> {
  await page.evaluate(() => document.body.classList.add('sheet'));
  await page.screenshot({ path, fullPage: true, type: 'jpeg', quality: 80 });
  await page.evaluate(() => document.body.classList.remove('sheet'));
}

/** Elements that stick out of their card's box, or texts that are wider than their place; with every form and toggle open too. */
export async function findOverflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    for (const box of document.querySelectorAll<HTMLElement>('.box')) {
      look(box, 'closed');
      for (const button of box.querySelectorAll<HTMLElement>('button.expandable, .ac-pushButton[aria-expanded]')) {
        button.click();
        look(box, button.textContent ?? '');
      }
    }
    return problems;

    function look(box: HTMLElement, when: string): void {
      const outer = box.getBoundingClientRect();
      const isOutside = (inner: Element) => {
        const { left, right, width, height } = inner.getBoundingClientRect();
        return width > 0 && height > 0 && (left < outer.left - 0.5 || right > outer.right + 0.5);
      };
      const innermost = Array.from(box.querySelectorAll('*')).findLast(isOutside);
      if (innermost) problems.push(`${box.id} (${when}): ${innermost.textContent?.slice(0, 60)}`);
    }
  });
}
