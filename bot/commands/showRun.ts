import type { CardKind, Run } from '../../engine/contracts.ts';
import { dueMessage } from '../notify/due.ts';
import type { Place } from '../chat/port.ts';
import type { Answer, Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';

/** The kind of card that says what matters about a run at the moment. */
export function presentKind(run: Run): CardKind {
  return run.state === 'rollback-in-progress' ? 'outcome' : (dueMessage(run) ?? 'run');
}

/**
 * The run's card in the conversation where somebody asked for it. Cards that ask for a decision move there with their
 * buttons; the moving card of a run stays in its own conversation, and a copy is given elsewhere.
 */
export async function showRun(
  { journal, chat, renderer }: Pick<BotParts, 'journal' | 'chat' | 'renderer'>,
  run: Run,
  { place, ...audience }: Audience & { readonly place: Place },
): Promise<Answer> {
  const kind = presentKind(run);
  const card = await renderer.run(audience, run, kind);
  const home = (await journal.cards(run.runId)).find((row) => row.kind === 'run');
  const isHere = !home || chat.conversationOf(home.address) === place.conversation;
  return kind === 'run' && !isHere ? { card } : { card, shows: { run, kind } };
}
