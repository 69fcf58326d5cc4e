import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { readerOf, type Readership } from '../reader.ts';
import template from '../templates/help.json' with { type: 'json' };

export interface HelpContext extends Readership {
  /** Every command as people type it, and what it does. */
  readonly commands: readonly { readonly usage: string; readonly does: string }[];
  /** What was typed and not understood. */
  readonly typed?: string;
}

/** What can be typed; also the answer to everything that was not understood. */
export function helpCard(context: HelpContext): Card {
  const r = readerOf(context);
  const words = r.words.help;
  return fillTemplate(template, {
    ...frame(r, { tone: 'info', title: words.title, subtitle: words.subtitle, badge: words.badge }),
    unknown: context.typed === undefined ? [] : [{ text: words.unknown(r.verbatim(context.typed, 100)) }],
    commands: context.commands.map(({ usage, does }) => ({
      usage: r.verbatim(usage, 60),
      does: r.plain(does, 160),
    })),
    actions: [
      execute('refresh-target', words.refresh, {}, { style: 'positive' }),
      execute('show-status', words.status, {}),
      execute('show-history', words.history, {}),
    ],
  });
}
