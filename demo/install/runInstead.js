import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './step.js';

/**
 * Runs a command in the place of this process: same terminal, same signals.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} its exit code
 */
export function runInstead(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
    // The many processes of a demo or a test compile the same sources: once is enough.
    const compiled = { NODE_COMPILE_CACHE: join(root, '.cache', 'compiled') };
    const inherited = { ...process.env, PATH: path, ...compiled, ...env };
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: inherited });
    // A terminal sends Ctrl+C to the child as well; a service manager signals this process alone.
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
