import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from '../../demo/install/browser.js';

const isBrowserMissing = findBrowser() === undefined;
if (isBrowserMissing && process.env['CI']) throw new Error('CI is set, but there is no Chromium');

/** Options of a test that needs a real browser: skipped on a machine without one, which CI must not be. */
export const inBrowser = { skip: isBrowserMissing, timeout: 300_000 };

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}
