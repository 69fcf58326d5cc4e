import { test } from 'vitest';
import { findBrowser } from '../../demo/install/browser.js';

/** A test that needs a real browser: skipped loudly on a machine without one, failed where CI is set. */
export function browserTest(name: string, run: () => Promise<void>, timeoutMs: number): void {
  const isMissing = findBrowser() === undefined;
  if (isMissing && process.env['CI'])
    test(name, () => Promise.reject(new Error('CI is set, but there is no Chromium')));
  else test.skipIf(isMissing)(name, run, timeoutMs);
}
