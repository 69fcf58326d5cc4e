import type { CardKind, Person, Run } from '../../engine/contracts.ts';
import { knownAs, whyNot, type Deed } from '../../engine/contracts/mayBeDone/index.ts';
import { errorOf } from '../../engine/journal/rule/refusals.ts';
import type { Answer } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import type { CommandRequest } from './command.ts';

type Question = 'sign-off' | 'stop';

/** The kind of card that each question’s button stands on. */
const KINDS = { 'sign-off': 'outcome', stop: 'run' } as const satisfies Record<Question, CardKind>;

/**
 * What cannot be undone is asked for before it happens, typed or pressed. The question is a card of the run: its conversation
 * may decide, and it shows what has become of it.
 */
export async function askFirst(
  parts: BotParts,
  request: CommandRequest,
  run: Run,
  question: Question,
): Promise<Answer> {
  await refuseUnlessPossible(parts, run, question, request.person);
  const { renderer } = parts;
  const card = await (question === 'stop'
    ? renderer.stopQuestion(request, run)
    : renderer.signOffQuestion(request, run));
  return { card, isQuestion: true, shows: { run, kind: KINDS[question] } };
}

/** Nobody is asked a question whose answer would be refused. @throws what the desk would throw */
export async function refuseUnlessPossible(
  { desk, journal, clock }: Pick<BotParts, 'desk' | 'journal' | 'clock'>,
  run: Run,
  deed: Deed,
  person: Person,
): Promise<void> {
  const house = desk.house(run.target);
  const actor = knownAs(house.people, person);
  const refusal = whyNot(run, deed, { now: clock.now(), actor, house, hold: await journal.hold(run.target) });
  if (refusal) throw errorOf(refusal, run, deed, house.sandbox.title);
}
