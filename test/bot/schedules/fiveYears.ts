import type { Clock } from '../../../engine/clock.ts';
import type { Instant, Run } from '../../../engine/contracts.ts';
import { createDesk } from '../../../engine/journal/desk.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import type { EngineParts } from '../../../engine/parts.ts';
import { startRun } from '../../../engine/schedules/start.ts';
import { occurrencesAfter } from '../../../engine/schedules/occurrences.ts';
import { createTicker } from '../../../bot/schedules/ticker.ts';
import { createRandom } from '../../engine/simulation/random.ts';
import { aPlan, anInstallation, aSandbox, jonas, mira } from '../builders.ts';
import { createMemoryJournal } from '../doubles/memoryJournal.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Lived {
  readonly runs: readonly Run[];
  /** From, to: while nobody was there. */
  readonly away: readonly (readonly [Instant, Instant])[];
  readonly deaths: number;
}

/**
 * Years of one weekly schedule: a bot and a worker that die in the middle of what they do, are away for days, and look at clocks that
 * are wrong; whoever approves always does. Only what the journal keeps goes from one process to the next.
 */
export async function liveWith(options: {
  readonly zone: string;
  readonly time: string;
  readonly seed: number;
  readonly from: Instant;
  readonly years: number;
}): Promise<Lived> {
  const { zone, time, seed, from, years } = options;
  const random = createRandom(seed);
  let nowMs = Date.parse(from);
  let skewMs = 0;
  const now = () => new Date(nowMs).toISOString();
  const journal = createMemoryJournal(now);
  const away: (readonly [Instant, Instant])[] = [];
  let deaths = 0;
  const sandbox = aSandbox({ timeZone: zone, policy: { ...aSandbox().policy, rollbackOnFailure: 'automatic' } });
  const installation = { ...anInstallation(), sandboxes: [sandbox] };
  const wake = { plan: () => Promise.resolve(), proceed: () => Promise.resolve() };
  const deskOf = (own: Journal, clock: Clock) =>
    createDesk({ journal: own, installation, wake, now: clock.now, sign: 'unsigned' });
  const clockOf = (skew: () => number): Clock => ({
    now: () => new Date(nowMs + skew()).toISOString(),
    elapsedMs: () => nowMs,
    sleep: () => Promise.resolve(),
  });
  const rule = { every: { kind: 'weekly', days: [7], time }, moment: { kind: 'latest' }, zone } as const;
  const address = { conversation: 'c' };
  await journal.addSchedule({
    ...{ target: 'uat', source: 'prod', by: jonas, shownZone: zone, reason: 'weekly', conversation: 'c', address },
    rule,
  });

  /** A process: whatever it does of the journal may be the last thing. */
  const inProcess = async (work: (own: Journal) => Promise<void>): Promise<void> => {
    const life = mortal(journal, () => random.next() < 0.01);
    await work(life.journal).catch((error: unknown) => {
      if (!life.isDead()) throw error;
    });
    if (life.isDead()) deaths += 1;
  };
  const botLooks = () =>
    inProcess(async (own) => {
      const clock = clockOf(() => skewMs);
      const chat = { withoutThread: () => address, conversationOf: () => 'c' };
      const log = { info: () => {}, warn: () => {}, error: () => {} };
      // Only what the ticker asks for.
      const parts = { journal: own, desk: deskOf(own, clock), installation, chat, clock, log };
      await createTicker(parts as unknown as Parameters<typeof createTicker>[0]).round();
    });
  const workerLooks = () =>
    inProcess(async (own) => {
      const clock = clockOf(() => 0);
      for (const run of await own.runs({ states: ['draft', 'awaiting-approval', 'queued', 'in-progress'] })) {
        const { runId, at = '' } = run;
        const by = { actor: run.requestedBy };
        if (run.isPlanning) await own.record(runId, { kind: 'plan-made', at, plan: aPlan(at) }, by);
        if (run.state === 'awaiting-approval' && (run.expiresAt ?? '') > now())
          await deskOf(own, clock).approve(mira, runId, run.plan?.digest ?? '');
        if (run.state === 'queued')
          await startRun({ journal: own, clock, installation } as unknown as EngineParts, run, async (event) => {
            const after = await own.record(runId, event, by);
            return after;
          });
        if (run.state === 'in-progress') await own.record(runId, { kind: 'complete', figures: {}, checklist: [] }, by);
      }
    });

  const end = nowMs + years * 365.25 * DAY;
  while (nowMs < end) {
    if (random.next() < 0.004) {
      const left = now();
      nowMs += random.next() * 20 * DAY;
      away.push([left, now()]);
    }
    skewMs = random.next() < 0.05 ? (random.next() - 0.5) * 6 * HOUR : 0;
    // Twice each, so that what one process has left the next one takes up.
    for (let n = 0; n < 2; n += 1) {
      await botLooks();
      await workerLooks();
    }
    // Closely around a start, else a few times a day.
    const [near] = occurrencesAfter(rule, new Date(nowMs - 3 * HOUR).toISOString(), 1);
    const isNear = near !== undefined && Date.parse(near.at) - nowMs < 6 * HOUR;
    nowMs += isNear ? (10 + random.next() * 50) * MINUTE : (4 + random.next() * 2) * HOUR;
  }
  // Whoever was away at the end comes back once more.
  skewMs = 0;
  for (let n = 0; n < 10; n += 1) await botLooks();
  return { runs: (await journal.runs({ limit: Infinity })).toReversed(), away, deaths };
}

/** A journal whose user may end before a call, or after it, and then never calls again. */
function mortal(journal: Journal, dies: () => boolean): { readonly journal: Journal; isDead(): boolean } {
  let dead = false;
  const perish = () => {
    dead = dead || dies();
    if (dead) throw new Error('ended');
  };
  const own = new Proxy(journal, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        perish();
        const answer: unknown = await Reflect.apply(value, target, args);
        perish();
        return answer;
      };
    },
  });
  return { journal: own, isDead: () => dead };
}
