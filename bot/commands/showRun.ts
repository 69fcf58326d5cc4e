import type { CardKind, Run } from '../../engine/contracts.ts';
import { dueMessage } from '../notify/due.ts';
import type { Answer, Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';

/** The kind of card that says what matters about a run at the moment. */
export function presentKind(run: Run): CardKind {
  return run.state === 'rollback-in-progress' ? 'outcome' : (dueMessage(run) ?? 'run');
}

/** The run's card in the conversation where somebody asked for it: it follows the run there as well, and decides like any other. */
export async function showRun({ renderer }: Pick<BotParts, 'renderer'>, run: Run, audience: Audience): Promise<Answer> {
  const kind = presentKind(run);
  return { card: await renderer.run(audience, run, kind), shows: { run, kind } };
}
