import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { openJournal } from '../../engine/journal/sqlJournal.ts';
import type { World } from '../../demo/world.ts';

/** What the second person types: `rewind approve R-1001 --as "Mira Okafor"`, for the run that waits for it. */
export async function approveInTerminal(world: World, name: string): Promise<void> {
  await using journal = openJournal({ url: world.journalUrl });
  const [run] = await journal.runs({ states: ['awaiting-approval'], limit: 1 });
  if (!run) throw new Error('No run waits for an approval');
  await promisify(execFile)(process.execPath, ['cli/main.ts', 'approve', run.runId, '--as', name], {
    env: { ...process.env, ...world.variables },
  });
}
