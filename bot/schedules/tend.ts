import { REWIND, type Run, type Schedule, type Skip } from '../../engine/contracts.ts';
import { RetryableError, TerminalError } from '../../engine/errors.ts';
import { later } from '../../engine/journal/desk.ts';
import { approveInAdvance } from './standing.ts';
import { asSchedule } from './asSchedule.ts';
import type { TickerParts } from './tickerParts.ts';
import { askAt, expectedMoment } from '../../engine/schedules/timing.ts';
import { behindOf, rulesOf } from './outlook.ts';
import { whatHinders, whyOverdue, type Skipped } from './whySkipped.ts';

/** What a check has found may be mended until the start. */
const PLAN_AGAIN_MS = 30 * 60_000;
/** Its occurrence was begun in working hours; a plan that comes so much later may have come at night. */
const PLANNED_LATE_MS = 30 * 60_000;
/** A worker that was there has begun it, or said why not. */
const NOBODY_CAME_MS = 2.25 * 3_600_000;

/**
 * Brings the run of one occurrence a step further: its card is posted, its moment chosen, its plan confirmed in the name of whoever
 * set up the schedule. Everything is looked up anew and safe to repeat, so a bot that was away goes on where it was.
 */
export async function tend(parts: TickerParts, schedule: Schedule, run: Run): Promise<void> {
  const { desk, installation, clock, log } = parts;
  const { scheduled } = run;
  if (!scheduled || run.startedAt !== undefined) return;
  await postCard(parts, schedule, run);
  if (schedule.state !== 'active') {
    const why = schedule.state === 'paused' ? 'paused' : 'ended';
    return unlessDecided(parts, run, why, () => desk.skipFollowing(schedule, run.runId, why));
  }
  const now = clock.now();
  if (run.state === 'queued' && now < scheduled.at) return;
  const hindrance = await whatHinders(parts, schedule, now);
  if (run.state === 'queued') {
    const missed = { why: 'missed', detail: 'No worker was there at its time' } as const;
    const isMissed = now > later(scheduled.at, NOBODY_CAME_MS);
    if (hindrance ?? isMissed) await skip(parts, run, hindrance ?? missed);
    return;
  }
  if (now >= scheduled.at) return skip(parts, run, whyOverdue(run, hindrance));
  if (hindrance || run.isPlanning) return;
  const person = asSchedule(schedule);
  const isBlocked = run.plan?.checks.some(({ outcome }) => outcome === 'blocked') ?? run.failure !== undefined;
  try {
    if (run.state === 'awaiting-approval') await approveInAdvance(parts, schedule, run);
    else if (run.plan && !isBlocked) {
      const rules = rulesOf(installation.sandboxes.find(({ name }) => name === run.target));
      const isLate = now >= later(run.createdAt, PLANNED_LATE_MS);
      if (isLate && askAt(scheduled, schedule.rule.zone, rules, now) > now) return;
      const asked = await desk.confirm(person, run.runId, run.plan.digest, schedule.reason);
      await approveInAdvance(parts, schedule, asked);
    } else if (!isBlocked || now >= later(run.updatedAt, PLAN_AGAIN_MS))
      await desk.chooseMoment(person, run.runId, await momentOf(parts, schedule, run));
  } catch (error) {
    // What is refused now may not be at the next look; at its time the occurrence says what it came to.
    if (!(error instanceof TerminalError || error instanceof RetryableError)) throw error;
    log.warn('occurrence-waits', { runId: run.runId, why: error.code });
  }
}

/** Once chosen, a moment stays: what is planned again is the same refresh. */
async function momentOf({ journal }: TickerParts, schedule: Schedule, run: Run) {
  const behindMs = behindOf(await journal.survey(run.target), run.source);
  return run.at ?? expectedMoment(schedule.rule, { at: run.scheduled?.at ?? run.createdAt }, behindMs);
}

/** Where the schedule was set up, as a post of its own. */
export async function postCard(
  { journal, chat }: Pick<TickerParts, 'journal' | 'chat'>,
  { address: thread }: Pick<Schedule, 'address'>,
  { runId }: Run,
): Promise<void> {
  const id = `${runId} schedule`;
  if ((await journal.message(id)) ?? (await journal.cards(runId)).length > 0) return;
  const address = chat.withoutThread(thread);
  await journal.addMessage({ id, runId, kind: 'run', conversation: chat.conversationOf(address), address });
}

/** Somebody may have decided in the last moment: then theirs counts. */
export function skip(
  { journal, log }: Pick<TickerParts, 'journal' | 'log'>,
  { runId }: Run,
  { why, detail }: Skipped,
): Promise<void> {
  return unlessDecided({ log }, { runId }, why, () =>
    journal.record(runId, { kind: 'skip', why, detail }, { actor: REWIND }),
  );
}

async function unlessDecided(
  { log }: Pick<TickerParts, 'log'>,
  { runId }: Pick<Run, 'runId'>,
  why: Skip,
  record: () => Promise<Run>,
): Promise<void> {
  try {
    await record();
    log.info('occurrence-skipped', { runId, why });
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
  }
}
