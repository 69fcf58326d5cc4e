import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { readerOf, type Readership } from '../reader.ts';
import template from '../templates/rights.json' with { type: 'json' };
import { rightsFacts, type SandboxRights } from './rights.ts';

export interface WelcomeContext extends Readership {
  readonly where: 'personal' | 'shared';
  /** Whose personal chat it is. */
  readonly name?: string;
  /** Their Entra object id. */
  readonly id?: string;
  readonly rights: readonly SandboxRights[];
  readonly mayAsk: boolean;
  /** Name of a sandbox, for the next step. */
  readonly example: string;
}

/** The first words in a chat: what Rewind does, what of it can be done here, for whom, and what to do next. */
export function welcomeCard(context: WelcomeContext): Card {
  const r = readerOf(context);
  const { welcome: words, rights: rightsWords } = r.words;
  const { where, rights, id } = context;
  const hasNone = where === 'personal' && rights.length === 0;
  const example = r.verbatim(context.example, 32);
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'info',
      title: words.title,
      subtitle: context.name === undefined ? words.subtitle : words.forName(r.plain(context.name, 60)),
      badge: words.badge,
    }),
    lines: [{ text: words.what }, { text: hasNone ? rightsWords.noRole : words.here[where] }],
    facts: [
      ...rightsFacts(r, rights),
      ...(hasNone && id !== undefined ? [{ title: rightsWords.id, value: r.plain(id, 64) }] : []),
    ],
    next: [
      {
        title: rightsWords.next,
        text: hasNone
          ? rightsWords.askForRole
          : where === 'shared'
            ? words.nextShared(example)
            : context.mayAsk
              ? words.nextAsk(example)
              : words.nextWait,
      },
    ],
    actions: [
      ...(context.mayAsk ? [execute('refresh-target', r.words.help.refresh, {}, { style: 'positive' })] : []),
      execute('show-status', r.words.help.status, {}),
    ],
  });
}
