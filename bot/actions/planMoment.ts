import type { Run, Sandbox, Survey } from '../../engine/contracts.ts';
import { authorise } from '../../engine/journal/authority.ts';
import { OutdatedRequestError, RunNotFoundError, SourceNotListedError } from '../../engine/journal/errors.ts';
import { surveyFrom } from '../../engine/recovery/surveyFrom.ts';
import type { Moment } from '../moments/momentOf.ts';
import type { MomentContext } from '../moments/readMoment.ts';
import type { Answer } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import type { Click } from './action.ts';

/** What both buttons of the choose card do: settle sandbox and source, then the moment, then have the plan made. */
export async function planMoment(
  { runId, ...chosen }: { readonly runId: string; readonly target?: string; readonly source?: string },
  click: Click,
  parts: BotParts,
  read: (survey: Survey | undefined, context: MomentContext) => Moment,
): Promise<Answer> {
  const { journal, desk, renderer, clock } = parts;
  const drafted = await findDraft(runId, click, parts);
  const wanted = desk.sandbox(chosen.target || drafted.target);
  const source = sourceFor(wanted, chosen.source, drafted);
  const moment = read(surveyFrom(await journal.survey(wanted.name), source), {
    now: clock.now(),
    zone: click.zone,
    named: parts.installation.moments,
  });
  // Whatever is no moment to plan makes no run and no number.
  if (moment.kind === 'refused' || moment.kind === 'no-moment') {
    if (wanted.name !== drafted.target) authorise(wanted, click.person, 'draft');
    const shown = { ...drafted, target: wanted.name, source };
    return {
      card: await renderer.choose(click, shown, moment),
      isQuestion: true,
      isCardOf: { run: drafted, kind: 'run' },
    };
  }
  const { run, isOther } = await draftFor(drafted, { target: wanted.name, source }, click, parts);
  const answer = (card: Answer['card'], of: Run, isQuestion: boolean): Answer => {
    const itself = { run: of, kind: 'run' } as const;
    return { card, isQuestion, isCardOf: itself, ...(isOther ? { shows: itself } : {}) };
  };
  if (moment.kind === 'which') return answer(renderer.askWhich(click, run, moment.instants), run, true);
  const planning = await desk.chooseMoment(click.person, run.runId, moment.at);
  return answer(await renderer.run(click, planning, 'run'), planning, false);
}

async function findDraft(runId: string, click: Click, { journal, desk }: BotParts): Promise<Run> {
  const run = await journal.run(runId);
  if (!run) throw new RunNotFoundError(runId);
  authorise(desk.sandbox(run.target), click.person, 'choose-moment');
  if (run.state !== 'draft') throw new OutdatedRequestError(run, 'choose-moment');
  return run;
}

/** The source that was chosen. One that was left as the card had it counts only as far as the sandbox has it. */
function sourceFor(wanted: Sandbox, chosen: string | undefined, drafted: Run): string {
  const isSame = wanted.name === drafted.target;
  if (!chosen || chosen === drafted.source) {
    if (isSame || wanted.sources.includes(drafted.source)) return drafted.source;
    return wanted.sources[0] ?? drafted.source;
  }
  if (!wanted.sources.includes(chosen)) throw new SourceNotListedError(wanted, chosen);
  return chosen;
}

/** The draft of the card, or a new one when something else was picked on it: a run never changes its target or its source. */
async function draftFor(
  run: Run,
  { target, source }: Pick<Run, 'target' | 'source'>,
  click: Click,
  { journal, desk }: BotParts,
): Promise<{ readonly run: Run; readonly isOther: boolean }> {
  if (target === run.target && source === run.source) return { run, isOther: false };
  const other = await desk.draft(click.person, target, click.zone, run, source);
  await desk.keep(click.person, run.runId);
  for (const { id } of await journal.cards(run.runId)) await journal.forgetMessage(id);
  return { run: other, isOther: true };
}
