import { isInForce, SHOWS_FREEZE } from '../../engine/contracts/mayBeDone/index.ts';
import type { Freeze, Run } from '../../engine/contracts.ts';
import type { Card } from '../card.ts';
import { readerOf, type Readership } from '../reader.ts';

export interface FreezeNote extends Readership {
  readonly targetTitle: string;
  readonly run: Pick<Run, 'state' | 'replacedBy'>;
  readonly freeze: Freeze | undefined;
}

/** Below the head of every card of a frozen sandbox whose run may still lead to something. */
export function withFreezeNote(card: Card, { run, freeze, targetTitle, ...readership }: FreezeNote): Card {
  if (!isInForce(freeze, readership.now) || run.replacedBy || !SHOWS_FREEZE.includes(run.state)) return card;
  const r = readerOf(readership);
  const words = r.words.freeze;
  const note = {
    type: 'Container',
    style: 'emphasis',
    spacing: 'Medium',
    items: [
      {
        type: 'TextBlock',
        text: words.note(r.name(targetTitle), r.moment(freeze.until), r.plain(freeze.by.name, 60)),
        wrap: true,
      },
      {
        type: 'RichTextBlock',
        spacing: 'Small',
        inlines: [{ type: 'TextRun', text: r.verbatim(freeze.reason, 300), italic: true }],
      },
    ],
  };
  const [head, ...rest] = Array.isArray(card['body']) ? (card['body'] as readonly unknown[]) : [];
  return { ...card, body: [head, note, ...rest] };
}
