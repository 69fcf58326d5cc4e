import { Temporal } from 'temporal-polyfill';
import { systemClock } from '../../engine/clock.ts';
import type { Instant, Run } from '../../engine/contracts.ts';
import { untilItIsSo } from '../../engine/retry.ts';
import { examineOneSchedule } from '../../engine/journal/audit/examineSchedule.ts';
import type { VerifyingKey } from '../../engine/journal/signatures.ts';
import { surveyFrom } from '../../engine/recovery/surveyFrom.ts';
import { sanitizationFacts } from '../company/sanitizationFacts.ts';
import { JONAS, MIRA } from '../people.ts';
import type { Demo } from '../startDemo.ts';
import { TIME_ZONE } from '../environmentsFile.ts';
import { PATIENCE_MS, reaches, runOf, type Play } from './follow.ts';
import type { Proof } from './proofs.ts';

/** For the plan and for whoever approves it. */
const LEAD_MS = 20_000;
const MINUTE_MS = 60_000;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export interface PlayedSchedule {
  readonly run: Run;
  readonly proofs: readonly Proof[];
}

/** A schedule from the typed line over an approval in advance to the refresh that comes by itself, at the next full minute that leaves time for it. */
export async function playSchedule(
  play: Play & { readonly keys: readonly VerifyingKey[] },
  { company }: Demo,
): Promise<PlayedSchedule> {
  const { chat, journal, say, keys } = play;
  const moment = await fullMinuteOf(play);
  const start = nextMinute(Math.max(Date.parse(systemClock.now()) + LEAD_MS, Date.parse(moment) + MINUTE_MS));
  const typed = `/schedule uat ${ruleFor(start, moment, TIME_ZONE)} because fresh data every week`;
  say(`${JONAS.name}: ${typed}`);
  await chat.say(JONAS, typed);
  await chat.sees('Schedule of ', 'fresh data every week');
  const run = await occurrence(play);
  const approve = await chat.button('approve-in-advance', run.runId);
  await chat.click(JONAS, approve);
  const own = await journal.run(run.runId);
  await chat.click(MIRA, approve);
  say(`${run.runId}: ${JONAS.name} may not approve what he scheduled; ${MIRA.name} approves it, and those that follow`);
  const approved = await journal.schedule(1);
  await reaches(play, run.runId, 'completed');
  const done = await runOf(journal, run.runId);
  await chat.say(JONAS, '/schedule uat end');
  await chat.sees('Ended by');
  const counts = Object.values(await sanitizationFacts(company.uat.as.administrator.application));
  const examined = await examineOneSchedule(journal.audit, 1, keys);
  const decided = (await journal.scheduleRecords(1)).map(({ event, actor }) => `${event} by ${actor.name}`);
  const proofs: readonly Proof[] = [
    {
      sentence: `${run.runId} came by itself at ${start}, with production of ${moment} as it was typed, approved by ${MIRA.name} and not by ${JONAS.name}`,
      holds:
        done.at === moment &&
        done.scheduled?.at === start &&
        (done.startedAt ?? '') >= start &&
        done.requestedBy.way?.kind === 'schedule' &&
        own?.state === 'awaiting-approval' &&
        done.approval?.by.id === MIRA.aadObjectId &&
        approved?.standing?.by.id === MIRA.aadObjectId,
    },
    {
      sentence: `${String(counts.length)} counts of what must not be there are 0 after it`,
      holds: counts.every((count) => count === 0),
    },
    {
      sentence: `the channel shows ${JONAS.name} and ${MIRA.name} how it ended`,
      holds: (await chat.sees(run.runId, 'Next steps for Admin')).messageId !== '',
    },
    {
      sentence: 'S-1 is intact, and the bot has signed what people decided about it',
      holds:
        examined.findings.length + examined.notes.length === 0 &&
        decided.join(', ') ===
          `schedule-set-up by ${JONAS.name}, standing-approved by ${MIRA.name}, schedule-ended by ${JONAS.name}`,
    },
  ];
  return { run: done, proofs };
}

/** Production can be had as of it: people write no seconds. */
async function fullMinuteOf({ journal }: Play): Promise<Instant> {
  const window = surveyFrom(await journal.survey('uat'), 'prod')?.windows[0];
  if (!window) throw new Error('Nothing is known of where production can be restored to');
  return nextMinute(Date.parse(window.from));
}

const nextMinute = (ms: number): Instant => new Date(Math.ceil(ms / MINUTE_MS) * MINUTE_MS).toISOString();

/** A line for the day of the week that this is, on the wall of the sandbox. */
function ruleFor(start: Instant, moment: Instant, zone: string): string {
  const [at, asOf] = [start, moment].map((one) => Temporal.Instant.from(one).toZonedDateTimeISO(zone));
  if (!at || !asOf) throw new Error('There is no moment');
  const days = at.toPlainDate().since(asOf.toPlainDate()).days;
  const time = (one: Temporal.ZonedDateTime) => one.toPlainTime().toString({ smallestUnit: 'minute' });
  const said = days === 0 ? 'the same day' : 'the day before';
  return `every ${DAYS[at.dayOfWeek - 1] ?? ''} ${time(at)} as of ${said} ${time(asOf)}`;
}

async function occurrence({ journal }: Play): Promise<Run> {
  let run: Run | undefined;
  const isThere = async (): Promise<boolean> => {
    [run] = await journal.openOccurrences(1);
    return run !== undefined;
  };
  await untilItIsSo(isThere, { clock: systemClock, everyMs: 50, withinMs: PATIENCE_MS });
  if (!run) throw new Error('No run was made for the schedule');
  return run;
}
