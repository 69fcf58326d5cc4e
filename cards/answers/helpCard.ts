import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { readerOf, type Reader, type Readership } from '../reader.ts';
import template from '../templates/help.json' with { type: 'json' };

export interface HelpContext extends Readership {
  /** Every command as people type it, and what it does. */
  readonly commands: readonly { readonly usage: string; readonly does: string }[];
  /** Commands that the reader may use on no sandbox. */
  readonly others?: readonly string[];
  /** May ask for a refresh somewhere; left out: yes. */
  readonly mayAsk?: boolean;
  /** What was typed and not understood. */
  readonly typed?: string;
  /** What may have been meant by it. */
  readonly meant?: string | undefined;
}

/** What can be typed; the answer to what was not understood shows the first of it. */
export function helpCard(context: HelpContext): Card {
  const r = readerOf(context);
  const words = r.words.help;
  const { others = [], mayAsk = true } = context;
  return fillTemplate(template, {
    ...frame(r, { tone: 'info', title: words.title, subtitle: words.subtitle, badge: words.badge }),
    unknown: unknownOf(r, context),
    commands: context.commands.map(({ usage, does }) => ({
      usage: r.verbatim(usage, 60),
      does: r.plain(does, 160),
    })),
    others: others.length === 0 ? [] : [{ text: words.others(r.plain(others.join(', '), 200)) }],
    actions: [
      ...(mayAsk ? [execute('refresh-target', words.refresh, {}, { style: 'positive' })] : []),
      execute('show-status', words.status, {}),
      execute('show-history', words.history, {}),
    ],
  });
}

function unknownOf(r: Reader, { typed, meant }: HelpContext) {
  if (typed === undefined) return [];
  const words = r.words.help;
  const said = words.unknown(r.verbatim(typed, 100));
  return [{ text: said }, ...(meant === undefined ? [] : [{ text: words.meant(r.verbatim(meant, 100)) }])];
}
