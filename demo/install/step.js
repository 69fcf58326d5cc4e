import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** The folder of the checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Writes a dot now and then: this thread waits for its command and cannot. */
const TICKING = `const { workerData } = require('node:worker_threads');
  setInterval(() => require('node:fs').writeSync(1, '.'), workerData);`;

/**
 * Runs one installation step and prints one line: what it does, a dot for every few seconds that it takes, and how long it took.
 * @param {string} title
 * @param {() => void} action
 * @param {number} [everyMs]
 */
export function step(title, action, everyMs = 3000) {
  process.stdout.write(`${title} … `);
  const start = performance.now();
  const ticking = new Worker(TICKING, { eval: true, workerData: everyMs, execArgv: [] });
  // Where no thread can be had, the step goes on without dots.
  ticking.on('error', () => {});
  ticking.unref();
  try {
    action();
  } catch (error) {
    process.stdout.write(' stopped\n');
    throw error;
  } finally {
    void ticking.terminate();
  }
  process.stdout.write(` ${((performance.now() - start) / 1000).toFixed(0)} s\n`);
}

/**
 * Runs a command to its end; its output is shown only when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: options.cwd ?? root,
    env: { ...machineEnvironment(), ...options.env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return result.stdout;
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`;
  const lastLines = output.trim().split('\n').slice(-15).join('\n');
  throw new Error(`${[command, ...args].join(' ')} ended with ${result.status ?? result.signal}:\n${lastLines}`);
}

/** The first of `names` that stands in PATH. */
export function findInPath(...names) {
  for (const name of names) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (found.status === 0 && found.stdout.trim() !== '') return found.stdout.trim();
  }
  return undefined;
}

/** Packages may be half there: npm has to run on the machine's Node, never on the one it is about to replace. */
function machineEnvironment() {
  const ours = join(root, 'node_modules', '.bin');
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== ours && !folder.includes('node-gyp-bin'));
  return { ...process.env, PATH: path.join(delimiter) };
}
