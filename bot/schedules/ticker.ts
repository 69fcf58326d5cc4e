import { REWIND, type Occurrence, type Schedule } from '../../engine/contracts.ts';
import { TerminalError } from '../../engine/errors.ts';
import { ScheduleOutdatedError } from '../../engine/journal/schedules/errors.ts';
import { OPEN_OCCURRENCES } from '../../engine/journal/schedules/schedules.ts';
import { occurrencesAfter } from '../../engine/schedules/occurrences.ts';
import { askAt, limitsOf } from '../../engine/schedules/timing.ts';
import { rulesOf } from './outlook.ts';
import { postCard, skip, tend } from './tend.ts';
import type { TickerParts } from './tickerParts.ts';
import { whatComesFirst } from './whatComesFirst.ts';
import { whatHinders } from './whySkipped.ts';

export interface Ticker extends AsyncDisposable {
  /** Looks once at every schedule, and does what is due. */
  round(): Promise<void>;
  /** Looks again and again, until disposed. */
  start(): void;
}

const LOOK_EVERY_MS = 1_000;
/** Of one schedule in one look: whoever was away for long catches up in several. */
const MOST_AT_ONCE = 50;
const MOST_OPEN = 200;

/**
 * Lets what was scheduled come about, and what was confirmed and nobody has to approve. The journal says what there is; this process only wakes up. Every occurrence gets one run, in the
 * change that moves the schedule past it, and each run is tended from then on.
 */
export function createTicker(parts: TickerParts): Ticker {
  const { journal, desk, installation, clock, log } = parts;
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
  let running: Promise<void> | undefined;

  const draft = async (schedule: Schedule, { at }: Occurrence) => {
    const { number, rule, target } = schedule;
    const rules = rulesOf(installation.sandboxes.find(({ name }) => name === target));
    const limits = limitsOf(at, rule.zone, rules);
    const scheduled = { schedule: number, at, moment: rule.moment, tooLate: rules.tooLate, ...limits };
    const run = await desk.draftOccurrence(schedule, scheduled);
    log.info('occurrence-drafted', { runId: run.runId, schedule: number, at });
    return run;
  };

  /** Its time came while nobody was there: it is never made up for, and said. Of several in a row the last one says it aloud. */
  const passOver = async (schedule: Schedule, missed: Occurrence, isLast: boolean): Promise<void> => {
    const now = clock.now();
    const hindrance = await whatHinders(parts, schedule, now);
    const first = await whatComesFirst(journal, schedule, missed.at, now);
    const run = await draft(schedule, missed);
    if (isLast) await postCard(parts, schedule, run);
    const nobody = { why: 'missed', detail: 'Rewind was not there to make its plan in time' } as const;
    await skip(parts, run, hindrance ?? (first === undefined ? nobody : { why: 'busy', detail: first }));
  };

  const draftDue = async (found: Schedule): Promise<void> => {
    const { rule, target, number } = found;
    for (let n = 0; n < MOST_AT_ONCE && !stopping.signal.aborted; n += 1) {
      const schedule = await journal.schedule(number);
      if (schedule?.state !== 'active') return;
      const now = clock.now();
      const [next, after] = occurrencesAfter(rule, schedule.handledUntil, 2);
      if (!next) return endIfOver(schedule);
      if (next.at <= now) {
        await passOver(schedule, next, after === undefined || after.at > now);
        continue;
      }
      const rules = rulesOf(installation.sandboxes.find(({ name }) => name === target));
      if (askAt(next, rule.zone, rules, now) > now || (await whatHinders(parts, schedule, now))) return;
      if ((await whatComesFirst(journal, schedule, next.at, now)) !== undefined) return;
      await tend(parts, schedule, await draft(schedule, next));
    }
  };

  /** Of one time, once that is past and its run has begun or come to nothing. */
  const endIfOver = async ({ number }: Schedule): Promise<void> => {
    if ((await journal.openOccurrences(number)).length === 0) await journal.setSchedule(number, 'ended', REWIND);
  };

  const look = async (schedule: Schedule): Promise<void> => {
    const open = await journal.openOccurrences(schedule.number);
    for (const run of open) await tend(parts, schedule, run);
    if (schedule.state === 'active') await draftDue(schedule);
  };

  /** Whoever ended one may have ended themselves before its runs were skipped. */
  const endedWithRuns = async (): Promise<readonly Schedule[]> => {
    const open = await journal.runs({ states: OPEN_OCCURRENCES, limit: MOST_OPEN });
    const numbers = new Set(open.flatMap(({ scheduled, startedAt }) => (startedAt ? [] : (scheduled?.schedule ?? []))));
    const found = await Promise.all([...numbers].map((number) => journal.schedule(number)));
    return found.flatMap((one) => (one?.state === 'ended' ? [one] : []));
  };

  /** Whoever confirmed it may have ended before it was let go. */
  const goAheads = async (): Promise<void> => {
    for (const run of await journal.runs({ states: ['awaiting-approval'], limit: MOST_OPEN }))
      await desk.goAhead(run).then(
        ({ runId, state }) => state === 'queued' && log.info('went-ahead', { runId }),
        (error: unknown) => log.error('not-gone-ahead', { runId: run.runId, err: error }),
      );
  };

  const round = async (): Promise<void> => {
    await goAheads();
    const schedules = [...(await journal.schedules({ states: ['active', 'paused'] })), ...(await endedWithRuns())];
    for (const schedule of schedules) {
      if (stopping.signal.aborted) return;
      await look(schedule).catch((error: unknown) => {
        // Another process has done it, or somebody has paused the schedule in between.
        if (error instanceof ScheduleOutdatedError) return;
        const fields = { schedule: schedule.number, target: schedule.target };
        if (error instanceof TerminalError) log.warn('schedule-waits', { ...fields, why: error.code });
        else log.error('schedule-not-looked-at', { ...fields, err: error });
      });
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await round().catch((error: unknown) => log.error('schedules-not-looked-at', { err: error }));
      await Promise.race([clock.sleep(LOOK_EVERY_MS, stopping.signal).catch(() => {}), stopped]);
    }
  };

  return {
    round,
    start() {
      running ??= loop();
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}
