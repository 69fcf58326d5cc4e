import { mkdir } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser } from './inBrowser.ts';

const PICTURES = 'build/pictures/journey';

/** One person's pane of the chat page. */
export interface Person {
  /** Chooses a moment of production from the guide, and sends what stands in the box. */
  take(moment: string): Promise<void>;
  speak(timeZone: string): Promise<void>;
  /** Opens the conversation where somebody has named them. */
  followMark(): Promise<void>;
  fill(label: RegExp, text: string): Promise<void>;
  press(title: string): Promise<void>;
  button(title: string): Locator;
  text(text: string | RegExp): Locator;
  /** Scrolls back to the first card that says so. */
  lookAt(text: string): Promise<void>;
  messages(): Promise<number>;
}

export interface TwoPeople extends AsyncDisposable {
  readonly asks: Person;
  readonly approves: Person;
  reload(): Promise<void>;
  picture(name: string): Promise<void>;
}

/** The demo's chat page in a real Chromium. */
export async function openTwoPeople(url: string): Promise<TwoPeople> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1180, height: 760 } });
  page.setDefaultTimeout(90_000);
  await page.goto(url);
  await mkdir(PICTURES, { recursive: true });
  return {
    asks: personIn(page, 0),
    approves: personIn(page, 1),
    async reload() {
      await page.reload();
    },
    async picture(name) {
      await page.screenshot({ path: `${PICTURES}/${name}.png` });
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

function personIn(page: Page, place: number): Person {
  const pane = page.locator('.pane').nth(place);
  const button = (title: string) => pane.getByRole('button', { name: title, exact: true }).last();
  return {
    async take(moment) {
      await pane.getByRole('button', { name: new RegExp(`^${moment}`) }).click();
      await button('Send').click();
    },
    async speak(timeZone) {
      await pane.getByLabel('Time zone').selectOption(timeZone);
    },
    async followMark() {
      await pane
        .locator('.rooms button', { has: page.locator('.named') })
        .first()
        .click();
    },
    fill: (label, text) => pane.getByLabel(label).last().fill(text),
    press: (title) => button(title).click(),
    button,
    text: (text) => pane.getByText(text).last(),
    async lookAt(text) {
      await pane
        .locator('.message', { hasText: text })
        .first()
        .evaluate((message) => message.scrollIntoView());
    },
    messages: () => pane.locator('.message').count(),
  };
}
