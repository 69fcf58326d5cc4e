import type { Run } from '../contracts.ts';
import type { Journal } from './journal.ts';

const SWITCHED = ['completed', 'signed-off', 'failed', 'rollback-failed'] as const;

/** The run whose data a sandbox holds; undefined while it has its own. */
export async function presentRefresh(
  journal: Pick<Journal, 'hold' | 'runs'>,
  target: string,
): Promise<Run | undefined> {
  const { generation } = await journal.hold(target);
  if (generation === 0) return undefined;
  const [run] = await journal.runs({ target, generation, states: SWITCHED });
  return run;
}
