import { existsSync } from 'node:fs';
import { aptInstall, canInstall } from './apt.js';
import { findInPath, step } from './step.js';

const wellKnown = [
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Cards are pictured with these: Latin and Arabic text, and the symbols that status lines use. */
const fonts = [
  { file: '/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf', package: 'fonts-noto-core' },
  { file: '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf', package: 'fonts-noto-color-emoji' },
];

/** The Chromium (or Chrome) that browser tests drive, or undefined. */
export function findBrowser() {
  return wellKnown.find((path) => existsSync(path)) ?? findInPath('chromium', 'chromium-browser', 'google-chrome');
}

/**
 * Browser tests are part of the proof, so a build server must have a browser; a developer's machine may go without.
 * @returns {boolean} whether browser tests can run
 */
export function installBrowser() {
  const missing = [
    ...(findBrowser() === undefined ? ['chromium'] : []),
    ...(process.platform === 'linux' ? fonts.filter(({ file }) => !existsSync(file)).map((font) => font.package) : []),
  ];
  if (missing.length > 0 && canInstall()) {
    try {
      step(`Installing ${missing.join(', ')} (apt-get)`, () => aptInstall(missing));
    } catch (error) {
      if (process.env.CI) throw error;
      process.stdout.write(`${error.message}\n`);
    }
  }
  if (findBrowser() !== undefined) return true;
  if (process.env.CI) throw new Error('No Chromium here, and CI is set: browser tests may not be skipped.');
  process.stdout.write('NO CHROMIUM: BROWSER TESTS ARE SKIPPED. Install the package chromium to run them.\n');
  return false;
}
