import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { readerOf, type Readership } from '../reader.ts';
import template from '../templates/rights.json' with { type: 'json' };
import { rightsFacts, type SandboxRights } from './rights.ts';

export interface WhoamiContext extends Readership {
  readonly name: string;
  /** Entra object id; only where nobody else reads it. */
  readonly id?: string;
  /** Sandboxes of which whoever asks has a role. */
  readonly rights: readonly SandboxRights[];
  /** May ask for a refresh somewhere. */
  readonly mayAsk: boolean;
}

/** What somebody may do on which sandbox, and who may approve there. */
export function whoamiCard(context: WhoamiContext): Card {
  const r = readerOf(context);
  const words = r.words.rights;
  const { rights, id } = context;
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'info',
      title: words.title(r.plain(context.name, 60)),
      subtitle: rights.length === 0 ? words.noRole : words.subtitle(rights.length),
      badge: words.badge,
    }),
    lines: [],
    facts: [...rightsFacts(r, rights), ...(id === undefined ? [] : [{ title: words.id, value: r.plain(id, 64) }])],
    next: rights.length === 0 ? [{ title: words.next, text: words.askForRole }] : [],
    actions: [
      ...(context.mayAsk ? [execute('refresh-target', r.words.help.refresh, {}, { style: 'positive' })] : []),
      execute('show-status', r.words.help.status, {}),
    ],
  });
}
