import type { z } from 'zod';
import type { CardKind, Person, Run } from '../../engine/contracts.ts';
import type { Verb } from '../../cards/index.ts';
import type { ChatAction } from '../chat/port.ts';
import type { Answer, Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { UnreadableClickError } from './errors.ts';

/** One button: what it may carry, and what it does. Safe to run again: Teams repeats a click it got no answer to. */
export interface Action {
  readonly verb: Verb;
  /** `read`: may be pressed on any card; `change`: only where the cards of its run are. */
  readonly effect: 'read' | 'change';
  /** The kind of card it stands on, for a message that the journal does not know (yet). */
  readonly on?: CardKind;
  /**
   * The card for whoever clicked; with `shows`, the clicked message becomes a card of that run.
   * @throws UnreadableClickError, and whatever the desk refuses
   */
  run(click: Click, parts: BotParts): Promise<Answer>;
}

export interface Click extends Audience {
  /** As the client sent it. */
  readonly data: unknown;
  readonly verb: string;
  readonly place: ChatAction['place'];
  readonly message?: ChatAction['message'];
  /** Of its row (engine/journal/messages.ts), when it has one. */
  readonly messageId?: string;
  /** The kind of card that was clicked, as far as can be told. */
  readonly kind?: CardKind;
}

/** Binds the shape of a button's data to its handler. Inputs of other parts of the card come along and are not read. */
export function defineAction<Schema extends z.ZodType>({
  data,
  run,
  ...action
}: Omit<Action, 'run'> & {
  readonly data: Schema;
  readonly run: (data: z.infer<Schema>, click: Click, parts: BotParts) => Promise<Answer>;
}): Action {
  return {
    ...action,
    async run(click, parts) {
      const parsed = data.safeParse(click.data);
      if (!parsed.success) throw new UnreadableClickError();
      return run(parsed.data, click, parts);
    },
  };
}

/** A button that asks the desk for one thing and shows the run as it is then. */
export function askDesk<Schema extends z.ZodType>(
  verb: Verb,
  on: CardKind,
  data: Schema,
  ask: (desk: BotParts['desk'], person: Person, data: z.infer<Schema>) => Promise<Run>,
): Action {
  return defineAction({
    verb,
    on,
    data,
    effect: 'change',
    async run(parsed, click, { desk, renderer }) {
      const run = await ask(desk, click.person, parsed);
      return { card: await renderer.run(click, run, click.kind ?? on) };
    },
  });
}
