import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as AdaptiveCardsModule from 'adaptivecards';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Card } from '../../cards/index.ts';
import { hostConfig, styles, type Theme } from './teamsHost.ts';

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
  const require = createRequire(import.meta.url);
  await page.setContent(
    `<!doctype html><html><head><meta charset="utf-8"><style>${styles(look.theme)}</style></head><body></body></html>`,
  );
  await page.addScriptTag({
    content: readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8'),
  });
  await page.addScriptTag({ content: readFileSync(markdownItFile(require), 'utf8') });
  await page.evaluate(draw, {
    cards,
    config: hostConfig(look.theme, look.width),
    width: look.width,
    isBase: look.isBase ?? false,
  });
}

/** The build for pages lies beside the one that Node finds. */
function markdownItFile(require: NodeJS.Require): string {
  return join(dirname(require.resolve('markdown-it')), 'browser', 'markdown-it.umd.min.js');
}

/** What a button of a card would send to the bot. */
export interface Sent {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export async function sentBy(page: Page): Promise<readonly Sent[]> {
  return JSON.parse(await page.evaluate(() => document.body.dataset.sent ?? '[]')) as readonly Sent[];
}

interface Drawing {
  readonly cards: readonly { readonly name: string; readonly card: object }[];
  readonly config: object;
  readonly width: number;
  readonly isBase: boolean;
}

/** Members of Badge, CodeBlock and ProgressBar, as far as they are drawn. */
interface Source {
  readonly text?: string;
  readonly style?: string;
  readonly codeSnippet?: string;
  readonly value?: number;
}

/** Runs in the page. Teams' own elements, responsive widths and mentions are not in the reference renderer: drawn here. */
function draw({ cards, config, width, isBase }: Drawing): void {
  // The two scripts define these; the page has no types for them.
  const { AdaptiveCards, markdownit } = globalThis as never as {
    AdaptiveCards: typeof AdaptiveCardsModule;
    markdownit: (options: object) => { render(text: string): string; linkify: { set(options: object): void } };
  };
  const markdown = markdownit({ linkify: true });
  markdown.linkify.set({ fuzzyEmail: false });
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown
      .render(text)
      .replace(/&lt;at&gt;(.*?)&lt;\/at&gt;/g, '<span class="mention">$1</span>')
      .trim();
    result.didProcess = true;
  };
  const element = (name: string, drawn: (source: Source) => HTMLElement) =>
    class extends AdaptiveCards.CardElement {
      source: Source = {};
      getJsonTypeName() {
        return name;
      }
      protected override internalParse(source: object, context: never) {
        super.internalParse(source, context);
        this.source = source;
      }
      protected internalRender() {
        return drawn(this.source);
      }
    };
  const box = (className: string, text = '') =>
    Object.assign(document.createElement('div'), { className, textContent: text });
  const own = {
    Badge: (source: Source) => box(`badge ${source.style?.toLowerCase()}`, source.text),
    CodeBlock: (source: Source) => box('code', source.codeSnippet),
    ProgressBar: (source: Source) => {
      const bar = box('bar');
      bar.append(Object.assign(box(''), { style: `width: ${source.value}%` }));
      return bar;
    },
  };
  for (const [name, drawn] of isBase ? [] : Object.entries(own)) {
    AdaptiveCards.GlobalRegistry.elements.register(name, element(name, drawn));
  }
  const isWide = width >= 400;
  const fitted = (node: unknown): unknown => {
    if (Array.isArray(node)) {
      return node
        .filter((item: { targetWidth?: string } | null) => isWide || item?.targetWidth !== 'atLeast:Standard')
        .map(fitted);
    }
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fitted(value)]));
  };
  for (const { name, card } of cards) {
    const drawing = new AdaptiveCards.AdaptiveCard();
    drawing.hostConfig = new AdaptiveCards.HostConfig(config);
    drawing.onExecuteAction = (action) => {
      const { verb, data } = action as never as Sent;
      const sent = (document.body.dataset.sent ??= '[]');
      document.body.dataset.sent = JSON.stringify([...(JSON.parse(sent) as Sent[]), { verb, data }]);
    };
    drawing.parse(fitted(card));
    const frame = Object.assign(box('box'), { id: name });
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
