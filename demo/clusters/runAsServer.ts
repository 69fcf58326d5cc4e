import { spawn } from 'node:child_process';
import { serverAccount } from './serverAccount.ts';

/**
 * Runs one of PostgreSQL's programs under the server account and waits for its end.
 * @throws Error with what it said, when it ends with anything but 0.
 */
export function runAsServer(
  program: string,
  { args, cwd }: { readonly args: readonly string[]; readonly cwd: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...serverAccount(),
      cwd,
      // Nothing of the caller's environment: PGPORT, PGDATA or a locale of his would change the outcome.
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    }
    child.once('error', reject);
    // Not `close`: a server that was started may hold these pipes open.
    child.once('exit', (code, signal) => {
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      if (code === 0) resolve(said);
      else reject(new Error(`${program} ended with ${code ?? signal}: ${said.trim()}`));
    });
  });
}
