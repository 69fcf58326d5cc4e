import { z } from 'zod';
import type { Sandbox, Schedule } from '../../engine/contracts.ts';
import { isSamePerson } from '../../engine/contracts/mayBeDone/index.ts';
import { ScheduleOutdatedError, ScheduleTwiceError } from '../../engine/journal/schedules/errors.ts';
import { canonicalJson } from '../../engine/journal/canonicalJson.ts';
import { INPUTS, type ScheduleEntry } from '../../cards/index.ts';
import { postAnswer } from '../outbox.ts';
import type { BotParts } from '../parts.ts';
import { oneScheduleCard } from '../rendering/scheduleCards.ts';
import { openForm, previewCard } from '../rendering/scheduleForms.ts';
import { findSchedule, skipOpen } from '../schedules/decide.ts';
import { EMPTY_ENTRY, entryOf, readEntry } from '../schedules/entries.ts';
import { readSchedule } from '../schedules/readSchedule.ts';
import { checkWish, setUp } from '../schedules/setUp.ts';
import { defineAction, type Action, type Click } from './action.ts';
import { shortText } from './data.ts';

const number = z.int().min(1).max(999_999);
const said = {
  source: z.string().max(32).default(''),
  wish: shortText.default(''),
  reason: z.string().max(400).default(''),
};
/** Of a sandbox, or of the schedule that is changed. */
const about = z.object({ target: z.string().max(32).optional(), schedule: number.optional() });
const field = z.string().max(400).default('');
const entryData = z.object(Object.fromEntries(INPUTS['preview-schedule'].map((name) => [name, field])));

/** “Change…”: with what the schedule says, or with what was filled in before. */
const edit = defineAction({
  verb: 'edit-schedule',
  effect: 'read',
  data: about.extend(said),
  async run({ source, wish, reason, ...of }, click, parts) {
    const { sandbox, schedule } = await subjectOf(parts, of);
    if (wish === '') {
      const entry = schedule && entryOf(schedule.rule, schedule);
      return { card: openForm(parts, click, sandbox, entry && { entry, schedule }) };
    }
    const reading = readSchedule(wish, { now: parts.clock.now(), zone: sandbox.timeZone });
    const entry = reading.kind === 'rule' ? entryOf(reading, { source, reason }) : { ...EMPTY_ENTRY, source, reason };
    return { card: openForm(parts, click, sandbox, { entry, schedule }) };
  },
});

/** What was filled in, in words and dates; what is wrong stands at its field, and the rest stays filled in. */
const preview = defineAction({
  verb: 'preview-schedule',
  effect: 'read',
  data: about.and(entryData),
  async run(data, click, parts) {
    const { sandbox, schedule } = await subjectOf(parts, data);
    const entry: ScheduleEntry = { ...EMPTY_ENTRY, ...entryData.parse(data) };
    const { wish, problems } = readEntry(entry, sandbox, parts.clock.now());
    if (problems.length > 0) return { card: openForm(parts, click, sandbox, { entry, problems, schedule }) };
    try {
      const checked = await checkWish(parts, click.person, sandbox, wish, schedule);
      return { card: await previewCard(parts, click, sandbox, { ...checked, text: wish.text, schedule }) };
    } catch (error) {
      if (!(error instanceof ScheduleTwiceError)) throw error;
      return { card: openForm(parts, click, sandbox, { entry, refusal: error, schedule }) };
    }
  },
});

/** Pressed again, it shows what it has set up. */
const confirm = defineAction({
  verb: 'set-up-schedule',
  effect: 'read',
  data: about.extend(said),
  async run({ source, wish: text, reason, ...of }, click, parts) {
    const { sandbox, schedule: former } = await subjectOf(parts, of);
    const wish = { source, text, reason };
    const made = await setUp(parts, click, sandbox, wish, former).catch(async (error: unknown) => {
      // One that goes on has not been changed, whatever else its person has set up meanwhile.
      const isChanged = !former || (await findSchedule(parts, former.number)).state === 'ended';
      const isRefused = error instanceof ScheduleTwiceError || error instanceof ScheduleOutdatedError;
      const own = isRefused && isChanged ? await madeBefore(parts, click, sandbox, wish) : undefined;
      if (!own) throw error;
      return { ...own, isOld: true };
    });
    if (former) await skipOpen(parts, click.person, await findSchedule(parts, former.number));
    const card = await oneScheduleCard(parts, click, made);
    if ('isOld' in made) return { card };
    // For everybody there, and for whoever opens the chat again: the answer to a click is seen by one person, once.
    await postAnswer(parts, click.place, { card });
    return {
      card: parts.renderer.notice(click, {
        ...{ tone: 'info', title: `S-${String(made.number)} of ${sandbox.title} is set up` },
        text: 'Its card follows here, with its dates and what can be done about them.',
        remedy: `/schedule S-${String(made.number)} shows it again.`,
      }),
    };
  },
});

/** The buttons of the form and of what it is shown as. */
export const SCHEDULE_FORM_ACTIONS: readonly Action[] = [edit, preview, confirm];

/** @throws UnknownTargetError, ScheduleNotFoundError, ScheduleOutdatedError */
async function subjectOf(
  parts: BotParts,
  { target, schedule: number }: z.infer<typeof about>,
): Promise<{ readonly sandbox: Sandbox; readonly schedule?: Schedule }> {
  const schedule = number === undefined ? undefined : await findSchedule(parts, number);
  const sandbox = parts.desk.sandbox(schedule?.target ?? target ?? '');
  return { sandbox, ...(schedule ? { schedule } : {}) };
}

async function madeBefore(
  { journal, clock }: BotParts,
  { person }: Click,
  { name, timeZone }: Sandbox,
  { source, text, reason }: { readonly source: string; readonly text: string; readonly reason: string },
): Promise<Schedule | undefined> {
  const reading = readSchedule(text, { now: clock.now(), zone: timeZone });
  if (reading.kind !== 'rule') return undefined;
  const rule = canonicalJson({ every: reading.every, moment: reading.moment, zone: timeZone });
  const all = await journal.schedules({ target: name, states: ['active', 'paused'] });
  return all.find(
    (one) =>
      isSamePerson(person, one.by) &&
      one.source === source &&
      one.reason === reason &&
      canonicalJson(one.rule) === rule,
  );
}
