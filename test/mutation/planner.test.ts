import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isLongRun, shortRunEnvironment } from '../longRun.ts';
import { makeMutants } from './mutants.ts';
import type { Mutant } from './mutants.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const planner = 'engine/environments/sqlServer/chain';
const suites = 'test/engine/environments/sqlServer/chain';
const mutated = [
  'arrangement.ts',
  'forks.ts',
  'gapReasons.ts',
  'logWalk.ts',
  'media.ts',
  'recoveryWindows.ts',
  'refusal.ts',
  'restoreChain.ts',
  'serverTime.ts',
  'stopAt.ts',
  'timing.ts',
  'undatedLogs.ts',
];
const longestRunMs = 60_000;

test('a mutant › changes one operator of code, never a fallback, a comment or a type', () => {
  const source = ['// a < b', 'const x = (a ?? -Infinity) <= b;', 'readonly y: true | false;'].join('\n');
  expect(makeMutants('x.ts', source).map(({ line, from, to }) => [line, from, to])).toEqual([[2, '<=', '<']]);
});

test.runIf(isLongRun)(
  'the planner’s suites › notice at least 85 of 100 mutants, and a control mutant',
  { timeout: 3_600_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'rewind-mutants-'));
    try {
      for (const path of ['package.json', 'vitest.config.ts', 'engine', suites, 'test/longRun.ts']) {
        mkdirSync(join(folder, path, '..'), { recursive: true });
        cpSync(join(root, path), join(folder, path), { recursive: true });
      }
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
      const isNoticed = ({ file, text }: Pick<Mutant, 'file' | 'text'>): boolean => {
        const path = join(folder, planner, file);
        const original = readFileSync(path);
        writeFileSync(path, text);
        const passed = runSuites(folder);
        writeFileSync(path, original);
        return !passed;
      };

      expect(runSuites(folder)).toBe(true);
      const source = (file: string) => readFileSync(join(root, planner, file), 'utf8');
      const control = source('restoreChain.ts').replace('indexes.toReversed()', 'indexes');
      expect(isNoticed({ file: 'restoreChain.ts', text: control })).toBe(true);

      const mutants = mutated.flatMap((file) => makeMutants(file, source(file)));
      const survivors = mutants.filter((mutant) => !isNoticed(mutant));
      const score = 1 - survivors.length / mutants.length;
      const lines = survivors.map(({ file, line, from, to }) => `${file}:${String(line)} ${from} became ${to}`);
      console.log([`${String(mutants.length)} mutants, score ${(score * 100).toFixed(1)} %`, ...lines].join('\n'));
      expect(score).toBeGreaterThanOrEqual(0.85);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

/** The quick suites first: most mutants do not get past them. */
function runSuites(folder: string): boolean {
  return runVitest(folder, '--exclude=**/*.random.test.ts') && runVitest(folder, 'random');
}

function runVitest(folder: string, which: string): boolean {
  const args = ['node_modules/vitest/vitest.mjs', 'run', which, '--bail=1', '--maxWorkers=2', '--reporter=dot'];
  const env = shortRunEnvironment();
  const { status } = spawnSync(process.execPath, args, { cwd: folder, env, timeout: longestRunMs, stdio: 'ignore' });
  return status === 0;
}
