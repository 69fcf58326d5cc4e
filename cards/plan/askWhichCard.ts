import type { Instant } from '../../engine/contracts.ts';
import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { readerOf, type Readership } from '../reader.ts';
import template from '../templates/askWhich.json' with { type: 'json' };
import type { Safe } from '../text.ts';

export interface AskWhichContext extends Readership {
  readonly runId: string;
  /** Name and title of the sandbox asked for. */
  readonly target: string;
  readonly targetTitle: string;
  /** The two instants that the typed wall time stands for, earlier first; `zone` is the zone it was typed in. */
  readonly instants: readonly [Instant, Instant];
}

/** A wall time of the night when the clocks go back: which of the two is meant? The answer arrives as `preview-plan`. */
export function askWhichCard(context: AskWhichContext): Card {
  const r = readerOf(context);
  const words = r.words.askWhich;
  const { runId, target, instants } = context;
  const clock = (at: Instant): Safe => r.timeOfDay(at);
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'choose',
      title: words.title(clock(instants[0])),
      subtitle: words.subtitle(r.name(context.targetTitle)),
      badge: words.badge,
    }),
    text: words.text(r.zoneId()),
    facts: [
      {
        title: words.first,
        value: r.words.instant(r.moment(instants[0]), r.zoneName(instants[0]), r.utc(instants[0])),
      },
      {
        title: words.second,
        value: r.words.instant(r.moment(instants[1]), r.zoneName(instants[1]), r.utc(instants[1])),
      },
    ],
    actions: [
      ...instants.map((at) =>
        execute('preview-plan', words.button(clock(at), r.offset(at)), { runId, target, point: at }),
      ),
      execute('change-moment', words.change, { runId }),
    ],
  });
}
