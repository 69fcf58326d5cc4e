import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isLongRun, shortRunEnvironment } from '../longRun.ts';
import { makeMutants } from './mutants.ts';
import { plannerMutants } from './plannerMutants.ts';
import type { Verdict } from './runMutants.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const suites = 'test/engine/environments/sqlServer/chain';

test('a mutant › changes one operator of code, never a fallback, a comment or a type', () => {
  const source = ['// a < b', 'const x = (a ?? -Infinity) <= b;', 'readonly y: true | false;'].join('\n');
  expect(makeMutants('x.ts', source).map(({ line, from, to }) => [line, from, to])).toEqual([[2, '<=', '<']]);
});

test.runIf(isLongRun)(
  'the planner’s suites › notice at least 90 of 100 mutants, and a control mutant',
  { timeout: 2 * 3_600_000 },
  async () => {
    const [control, ...mutants] = plannerMutants(root);
    const noticed = new Set<number>();
    let next = 0;
    while (next <= mutants.length) next = await tryMutants(next, noticed);

    expect([control?.to, noticed.has(0)]).toEqual(['indexes', true]);
    const survivors = mutants.filter((_, index) => !noticed.has(index + 1));
    const score = 1 - survivors.length / mutants.length;
    const lines = survivors.map(({ file, line, from, to }) => `${file}:${String(line)} ${from} became ${to}`);
    console.log([`${String(mutants.length)} mutants, score ${(score * 100).toFixed(1)} %`, ...lines].join('\n'));
    expect(score).toBeGreaterThanOrEqual(0.9);
  },
);

function copyOfProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-mutants-'));
  for (const path of ['package.json', 'engine', suites, 'test/longRun.ts']) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

/** A mutant without a verdict for so long runs for ever, which is noticed; without one, the suites take about 10 s. */
const LONGEST_MS = 120_000;

/** @returns the next mutant to try, when one of them had to be ended from outside. */
async function tryMutants(from: number, noticed: Set<number>): Promise<number> {
  const folder = copyOfProject();
  const child = spawn(process.execPath, ['test/mutation/runMutants.ts', folder, String(from)], {
    cwd: root,
    env: shortRunEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let next = from;
  const watchdog = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    // Written by runMutants.ts just now.
    const { index, isNoticed } = JSON.parse(line) as Verdict;
    if (isNoticed) noticed.add(index);
    process.stderr.write(`mutant ${String(index)}: ${isNoticed ? 'noticed' : 'survives'}\n`);
    next = index + 1;
    watchdog.refresh();
  }
  clearTimeout(watchdog);
  const exitCode = await ended;
  rmSync(folder, { recursive: true });
  if (exitCode === 0) return next;
  expect(exitCode, 'the suites pass without a mutant').toBe(null);
  noticed.add(next);
  return next + 1;
}
