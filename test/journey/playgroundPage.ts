import { mkdir } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { launchBrowser } from './inBrowser.ts';

const PICTURES = 'build/pictures/journey';

export interface PlaygroundPage extends AsyncDisposable {
  /** Writes into the compose box and sends. */
  type(text: string): Promise<void>;
  /** The newest button of that name. */
  button(name: string): Locator;
  text(text: string): Locator;
  /** Fills the newest input with that placeholder. */
  fill(placeholder: string, text: string): Promise<void>;
  /** Keeps a screenshot, for people to look at. */
  picture(name: string): Promise<void>;
}

/** Microsoft 365 Agents Playground in a real Chromium. */
export async function openPage(url: string): Promise<PlaygroundPage> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
  page.setDefaultTimeout(90_000);
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  const compose = page.locator('[contenteditable="true"]').first();
  await compose.waitFor();
  await mkdir(PICTURES, { recursive: true });
  return {
    async type(text) {
      await compose.click();
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
    button: (name) => page.getByRole('button', { name, exact: true }).last(),
    text: (text) => page.getByText(text).last(),
    fill: (placeholder, text) => page.getByPlaceholder(placeholder, { exact: true }).last().fill(text),
    async picture(name) {
      await page.screenshot({ path: `${PICTURES}/${name}.png` });
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
