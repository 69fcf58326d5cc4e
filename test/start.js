// `npm test`: installs what is missing, runs every suite, and ends with one line that counts.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installBrowser } from '../demo/install/browser.js';
import { installTsql } from '../demo/install/tsql.js';
import { installPackages, ownNode } from '../demo/install/packages.js';
import { installRedisServer } from '../demo/install/redisServer.js';
import { runInstead } from '../demo/install/runInstead.js';
import { root } from '../demo/install/step.js';

const report = join(root, '.cache', `test-report-${process.pid}.json`);

try {
  installPackages();
  installRedisServer();
  installBrowser();
  installTsql();
  mkdirSync(join(root, '.cache'), { recursive: true });
  const args = process.argv.slice(2);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'];
  const exitCode = await runInstead(
    ownNode,
    [...vitest, `--outputFile.json=${report}`, ...args.filter((arg) => arg !== '--long')],
    args.includes('--long') ? { REWIND_LONG: '1' } : {},
  );
  finish(exitCode);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
} finally {
  rmSync(report, { force: true });
}

function finish(exitCode) {
  const { passed, failed, skipped } = counts();
  // A suite that cannot be loaded, or an error outside every test, has no test to its name: it still counts.
  const failures = exitCode === 0 ? failed : Math.max(failed, 1);
  process.stdout.write(`${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  process.exitCode = failures > 0 ? 1 : 0;
}

function counts() {
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const broken = result.testResults.filter((file) => file.status === 'failed' && !hasFailedTest(file)).length;
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function hasFailedTest(file) {
  return file.assertionResults.some((test) => test.status === 'failed');
}
