import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { stopSignals } from '../../env/stopSignals.ts';

const module = join(import.meta.dirname, '..', '..', 'env', 'stopSignals.ts');
const program = `
  import { onStopSignal } from ${JSON.stringify(module)};
  const life = setInterval(() => undefined, 1000);
  onStopSignal((signal) => { console.log('stops at ' + signal); setTimeout(() => clearInterval(life), 50); });
  console.log('ready');`;

test.skipIf(process.platform === 'win32').for(['SIGTERM', 'SIGINT'] as const)(
  'a process that hears %s › stops in its own time',
  async (signal) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.once('data', () => child.kill(signal));
    const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(said).toBe(`ready\nstops at ${signal}\n`);
    expect(child.exitCode).toBe(0);
  },
);

test('a service on Windows › hears what its wrapper presses; elsewhere nohup holds', () => {
  expect(stopSignals('win32')).toEqual(['SIGINT', 'SIGBREAK', 'SIGHUP']);
  expect(stopSignals('linux')).not.toContain('SIGHUP');
});
