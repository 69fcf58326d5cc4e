import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const program = 'tsql';

/** Whether this machine has Debian's freetds-bin. */
export const hasTsql = spawnSync(program, ['-C']).status === 0;

/** What FreeTDS's tsql prints for one batch on 127.0.0.1. */
export async function tsql(port: number, user: string, password: string, batch: string): Promise<string> {
  const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port), '-U', user, '-P', password], {
    env: { ...process.env, TDSVER: '7.4', LC_ALL: 'C.UTF-8' },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${batch}\ngo\nexit\n`);
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return out + error;
}
