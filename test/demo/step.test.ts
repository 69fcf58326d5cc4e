import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const step = join(import.meta.dirname, '..', '..', 'demo', 'install', 'step.js');
const say = (action: string) =>
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { step } from ${JSON.stringify(step)}; try { step('Installing', ${action}, 20); } catch {}`,
    ],
    { encoding: 'utf8' },
  );
const WAIT = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600)';

test('an installation step › shows that it is under way while its command blocks everything else, and how long it took', () => {
  expect(say(`() => ${WAIT}`)).toMatch(/^Installing … \.{2,} 1 s\n$/);
});

test('an installation step › that fails says that it stopped', () => {
  expect(say(`() => { ${WAIT}; throw new Error('no network'); }`)).toMatch(/^Installing … \.{2,} stopped\n$/);
});
