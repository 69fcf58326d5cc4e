import type { Instant } from '../../engine/contracts.ts';
import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { type Reader, readerOf, type Readership } from '../reader.ts';
import template from '../templates/askWhich.json' with { type: 'json' };

export interface AskWhichContext extends Readership {
  readonly runId: string;
  /** Name and title of the sandbox asked for. */
  readonly target: string;
  readonly targetTitle: string;
  /** What the typed text can mean, ascending. */
  readonly instants: readonly Instant[];
}

/** Something was typed that can mean several moments: which? The answer arrives as `preview-plan`. */
export function askWhichCard(context: AskWhichContext): Card {
  const r = readerOf(context);
  const words = r.words.askWhich;
  const { runId, target, instants } = context;
  const { title, text, titles, button } = questionOf(r, instants);
  return fillTemplate(template, {
    ...frame(r, { tone: 'choose', title, subtitle: words.subtitle(r.name(context.targetTitle)), badge: words.badge }),
    text,
    facts: instants.map((at, index) => ({
      title: titles[Math.min(index, 1)] ?? words.or,
      value: r.instant(at),
    })),
    actions: [
      ...instants.map((at) => execute('preview-plan', button(at), { runId, target, point: at })),
      execute('change-moment', words.change, { runId }),
    ],
  });
}

/** In the night when the clocks go back the moments differ by their offset alone; otherwise by their dates. */
function questionOf(r: Reader, instants: readonly Instant[]) {
  const words = r.words.askWhich;
  const [first, second] = instants;
  if (first !== undefined && second !== undefined && instants.length === 2 && r.moment(first) === r.moment(second)) {
    return {
      title: words.title(r.timeOfDay(first)),
      text: words.text(r.zoneId()),
      titles: [words.first, words.second],
      button: (at: Instant) => words.button(r.timeOfDay(at), r.offset(at)),
    };
  }
  const isOnly = second === undefined;
  return {
    title: words.titleOther,
    text: isOnly ? words.textOnly : words.textOther,
    titles: isOnly ? [words.only] : [words.possible, words.or],
    button: (at: Instant) => words.buttonOther(r.shortDay(at), r.timeOfDay(at)),
  };
}
