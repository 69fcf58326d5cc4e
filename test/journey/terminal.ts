import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import type { Demo } from '../../demo/startDemo.ts';

/** What the second person types, for the run that waits for it; a script names the digest that it has read. */
export async function approveInTerminal(demo: Demo, name: string): Promise<void> {
  await using journal = openJournal({ url: demo.journalUrl });
  const [run] = await journal.runs({ states: ['awaiting-approval'], limit: 1 });
  if (!run) throw new Error('No run waits for an approval');
  const words = ['approve', run.runId, '--as', name, '--yes', '--digest', run.plan?.digest ?? ''];
  await promisify(execFile)(process.execPath, ['cli/main.ts', ...words], {
    env: { ...process.env, ...demo.variables },
  });
}
