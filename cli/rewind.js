#!/usr/bin/env node
// Plain JavaScript for whatever Node the machine has: runs the real command on the Node that the project pins.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const main = fileURLToPath(new URL('./main.ts', import.meta.url));

if (existsSync(node)) {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} else {
  process.stderr.write(
    'rewind: packages are missing here. Run "npm run setup" in the folder of the project, then try again.\n',
  );
  process.exitCode = 1;
}
