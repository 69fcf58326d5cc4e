#!/usr/bin/env node
// Plain JavaScript for whatever Node the machine has: runs the real command on it, or on the Node that the project pins.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findOwnNode } from './ownNode.js';

const { platform, execPath, versions } = process;
const node = findOwnNode({ platform, execPath, version: versions.node });

if (node === undefined) {
  process.stderr.write(
    'rewind: packages are missing here. Run "npm run setup" in the folder of the project, then try again.\n',
  );
  process.exitCode = 1;
} else if (node === execPath) {
  await import('./start.js');
} else {
  const start = fileURLToPath(new URL('./start.js', import.meta.url));
  const child = spawn(node, [start, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A console of Windows tells the child itself, and child.kill() would end it without a word.
  const pass = (signal) => (platform === 'win32' ? undefined : child.kill(signal));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal));
  child.once('error', (error) => {
    process.stderr.write(`rewind: ${node} does not start (${error.code ?? error.message})\n`);
    process.exitCode = 1;
  });
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
