import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Client } from 'pg';

/** Where a process is to stand still: in front of a statement, or of putting the link `current` in its place. */
export type FreezeAt = { readonly sql: string } | { readonly link: true };

/** Makes this very process stop itself, once, until somebody sends SIGCONT. To be called before the engine is loaded. */
export function freezeAt(at: FreezeAt): void {
  let isOver = false;
  const freeze = () => {
    if (isOver) return;
    isOver = true;
    process.stdout.write('frozen\n');
    process.kill(process.pid, 'SIGSTOP');
  };
  if ('sql' in at) {
    const pattern = new RegExp(at.sql, 'i');
    const query = Client.prototype.query as (...args: readonly unknown[]) => unknown;
    Client.prototype.query = function patched(this: Client, ...args: readonly unknown[]) {
      const [first] = args;
      const text = typeof first === 'string' ? first : (first as { readonly text?: string } | undefined)?.text;
      if (text !== undefined && pattern.test(text)) freeze();
      return query.apply(this, [...args]);
    } as typeof Client.prototype.query;
    return;
  }
  const { rename, symlink } = fs;
  fs.symlink = async (target, path, type) => {
    // The last thing in front of the rename; what was compared was compared before.
    await symlink(target, path, type);
    if (String(target).startsWith('generations/')) freezeBeforeRename = true;
  };
  let freezeBeforeRename = false;
  fs.rename = async (from, to) => {
    if (freezeBeforeRename) freeze();
    return rename(from, to);
  };
  syncBuiltinESMExports();
}
