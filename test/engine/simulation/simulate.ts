import type { Policy, Run, StepStatus } from '../../../engine/contracts.ts';
import { createEngine } from '../../../engine/engine.ts';
import { createModelWorld, type ModelWorld } from '../../../engine/environments/model/world.ts';
import type { Provider } from '../../../engine/environments/provider.ts';
import { TerminalError } from '../../../engine/errors.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import type { Clock } from '../../../engine/clock.ts';
import { aSandbox, aSource, JONAS, MIRA } from '../../builders.ts';
import { aDesk } from '../crew.ts';
import { createLeasedJournal } from '../doubles/leasedJournal.ts';
import { address, pack, printer, schema } from '../doubles/smallCompany.ts';
import { createVirtualClock, settled } from '../doubles/virtualClock.ts';
import { createAuditor, Violation } from './auditor.ts';
import { createRandom } from './random.ts';
import { createWorker, type SimulatedWorker, type Surroundings } from './worker.ts';

/** A mistake put into the house on purpose, to see whether the auditor finds it. */
export interface PlantedBug {
  readonly name: string;
  readonly provider?: (provider: Provider, world: ModelWorld) => Provider;
  readonly journal?: (journal: Journal) => Journal;
  readonly clock?: (clock: Clock) => Clock;
  readonly hasFreezes?: boolean;
  /** Rare ones are looked for from here on; a long run looks from the first schedule on. */
  readonly shownFrom?: number;
}

export interface Outcome {
  readonly seed: number;
  readonly violation?: string;
  readonly trace: readonly string[];
  readonly states: readonly string[];
  /** Steps in whose middle a worker was killed. */
  readonly killedIn: readonly string[];
}

const SECOND = 1000;
const HOUR = 3_600_000;
const LEASE_MS = 15 * SECOND;
const STORM_STEPS = 500;
const CALM_STEPS = 6000;

/** One world, two workers, some people, and everything that can go wrong, in an order that the seed decides. */
export async function simulate(seed: number, bug?: PlantedBug, { hasFreezes = false } = {}): Promise<Outcome> {
  const random = createRandom(seed);
  // Of its own, so that the rest of a schedule is drawn as without it.
  const frost = createRandom(seed + 1e6);
  const clock = createVirtualClock();
  const world = createModelWorld({ clock, schema });
  world.commit('application', address(1));
  world.commit('application', printer(1, 'of production'));
  await clock.advance(SECOND);
  world.commit('financialReporting', address(2));
  world.change('uat', 'application', address(77));
  world.change('uat', 'application', printer(9, 'of the sandbox'));

  const sandbox = aSandbox({ policy: aRandomPolicy() });
  const journal = createLeasedJournal(clock);
  const auditor = createAuditor(world, journal, {
    now: clock.now,
    ...sandbox.policy,
    isFrozen: () => clock.now() < frozenUntil,
  });
  const trace: string[] = [];
  let frozenUntil = '';
  const killedIn: string[] = [];
  let isStormy = true;
  let workers = 0;
  const surroundings: Surroundings = {
    random,
    world,
    auditor,
    journal: bug?.journal?.(journal) ?? journal,
    provider: bug?.provider?.(world.provider, world) ?? world.provider,
    isStormy: () => isStormy,
    parts: {
      installation: { people: [], sources: [aSource()], sandboxes: [sandbox] },
      packs: () => [pack],
      clock: bug?.clock?.(clock) ?? clock,
      scrub: (text) => text,
      commandVariables: {},
    },
  };
  const hire = (): SimulatedWorker => createWorker(`worker-${String((workers += 1))}`, surroundings);
  const team = [hire(), hire()];
  const planner = createEngine({ ...surroundings.parts, journal, provider: () => world.provider, workerId: 'planner' });
  const desk = aDesk(journal, [sandbox], clock.now);
  let trouble: Error | undefined;

  function aRandomPolicy(): Partial<Policy> {
    return {
      cutover: random.pick([{ kind: 'when-ready' }, { kind: 'when-ready' }, { kind: 'on-click' }] as const),
      cutoverWarningMs: random.pick([0, 0, 60 * SECOND]),
      rollbackOnFailure: random.pick(['offered', 'offered', 'automatic'] as const),
      integrityCheck: random.pick(['none', 'physical'] as const),
    };
  }

  const runs = () => journal.runs({ target: 'uat' });
  const awake = () => team.filter((worker) => !worker.isDead && !worker.isFrozen);

  const takeUp = async (worker: SimulatedWorker, runId: string): Promise<void> => {
    const lease = await journal.acquireLease('uat', `${worker.name}/${String(random.below(1e6))}`, LEASE_MS);
    if (!lease) return;
    auditor.leased(lease);
    worker.lease = lease;
    worker.shutdown = new AbortController();
    await worker.engine.proceed(runId, { signal: worker.shutdown.signal, lease, progress: () => undefined });
    await journal.releaseLease(lease);
  };
  const begin = (worker: SimulatedWorker, work: Promise<void>, isCareless: boolean): void => {
    worker.work = work
      .catch((error: unknown) => {
        // Housekeeping may say that something could not be dropped; a run never ends in an exception.
        if (error instanceof Violation || !isCareless) trouble ??= error instanceof Error ? error : new Error('thrown');
      })
      .finally(() => {
        if (worker.lease) void journal.releaseLease(worker.lease);
        worker.lease = undefined;
        worker.work = undefined;
      });
  };
  const hasWork = (run: Run): boolean =>
    ['queued', 'in-progress', 'rollback-in-progress'].includes(run.state) ||
    (run.state === 'awaiting-cutover' &&
      (run.stopRequestedBy !== undefined ||
        run.cutover?.isFrozen === true ||
        (run.cutover?.at !== undefined && run.cutover.at <= clock.now())));

  const pass = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    for (const worker of awake()) {
      if (worker.lease)
        await journal.renewLease(worker.lease, LEASE_MS).catch(() => {
          if (random.chance(0.5)) worker.shutdown.abort();
        });
    }
  };

  /** People ask for what they like; what they may not have is refused. */
  const somebodyAsks = async (): Promise<void> => {
    const [newest] = await runs();
    const person = random.pick([JONAS, MIRA]);
    const ask = newest
      ? random.weighted({ stop: 2, rollBack: 3, retry: 3, accept: 1, signOff: 1, switchNow: 3, begin: 2 })
      : 'begin';
    trace.push(`${person.name} asks for ${ask}`);
    try {
      if (ask !== 'begin') return void (await desk[ask](person, newest?.runId ?? ''));
      const { runId } = await desk.draft(JONAS, 'uat', 'UTC');
      await desk.chooseMoment(JONAS, runId, '2026-11-20T12:00:00.500Z');
      await planner.plan(runId, new AbortController().signal);
      const plan = (await journal.run(runId))?.plan;
      await desk.confirm(JONAS, runId, plan?.digest ?? '', 'simulated');
      await desk.approve(MIRA, runId, plan?.digest ?? '');
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error;
    }
  };

  const freezeOrThaw = async (): Promise<void> => {
    if (!hasFreezes || !frost.chance(0.03)) return;
    trace.push('freeze or thaw');
    const isThaw = frost.chance(0.5);
    frozenUntil = isThaw ? '' : new Date(Date.parse(clock.now()) + frost.below(12) * HOUR).toISOString();
    if (isThaw) await journal.liftFreeze('uat', MIRA);
    else await journal.freeze('uat', { until: frozenUntil, reason: 'simulated', by: MIRA });
  };

  const letGo = (worker: SimulatedWorker): void => {
    const index = random.below(worker.waiting.length);
    worker.waiting.splice(index, 1)[0]?.();
  };

  const stormyStep = async (): Promise<void> => {
    const ready = awake().filter((worker) => worker.waiting.length > 0);
    const idle = awake().filter((worker) => worker.work === undefined);
    const frozen = team.filter((worker) => worker.isFrozen && !worker.isDead);
    const dead = team.filter((worker) => worker.isDead);
    const what = random.weighted({
      ...(ready.length > 0 ? { go: 100, crash: 0.8, freeze: 0.8, shutdown: 0.3 } : {}),
      ...(idle.length > 0 ? { take: 15, housekeep: 2 } : {}),
      ...(frozen.length > 0 ? { wake: 4 } : {}),
      ...(dead.length > 0 ? { hire: 10 } : {}),
      ask: 3,
      moment: 3,
      while: 2,
      long: 0.3,
    });
    if (what !== 'go') trace.push(what);
    switch (what) {
      case 'go':
        return letGo(random.pick(ready));
      case 'crash':
        random.pick(ready).isDead = true;
        for (const { steps } of await runs()) killedIn.push(...steps.filter(isRunning).map(({ name }) => name));
        return;
      case 'freeze':
        random.pick(ready).isFrozen = true;
        return;
      case 'shutdown':
        return random.pick(ready).shutdown.abort();
      case 'wake':
        random.pick(frozen).isFrozen = false;
        return;
      case 'hire':
        team.splice(team.indexOf(random.pick(dead)), 1, hire());
        return;
      case 'take': {
        const due = (await runs()).find(hasWork);
        const worker = random.pick(idle);
        if (due) begin(worker, takeUp(worker, due.runId), false);
        return;
      }
      case 'housekeep': {
        const worker = random.pick(idle);
        return begin(worker, worker.engine.housekeep('uat'), true);
      }
      case 'ask':
        return somebodyAsks();
      case 'moment':
        return pass(SECOND);
      case 'while':
        return pass(20 * SECOND);
      case 'long':
        return pass(random.pick([1, 9, 30]) * HOUR);
    }
  };

  /** Nothing breaks any more; everybody is given what they wait for. */
  const calmDown = async (): Promise<void> => {
    isStormy = false;
    frozenUntil = '';
    await journal.liftFreeze('uat', MIRA);
    for (const [index, worker] of team.entries()) {
      worker.isFrozen = false;
      if (worker.isDead) team[index] = hire();
    }
    for (let step = 0; step < CALM_STEPS; step += 1) {
      await look();
      const busy = team.find((worker) => worker.waiting.length > 0 && worker.work !== undefined);
      if (busy) {
        letGo(busy);
        continue;
      }
      for (const worker of team.filter((one) => one.isDead || one.isFrozen)) {
        worker.isFrozen = false;
        if (worker.isDead) team.splice(team.indexOf(worker), 1, hire());
      }
      const due = (await runs()).find(hasWork);
      const idle = team.find((worker) => worker.work === undefined);
      if (due && idle) begin(idle, takeUp(idle, due.runId), false);
      const waits = (await runs()).find(
        (run) => run.state === 'awaiting-cutover' && !run.cutover?.at && !run.cutover?.isFrozen && !run.stopRequestedBy,
      );
      if (waits) await desk.switchNow(JONAS, waits.runId);
      if (!due && !waits && !(await runs()).some((run) => run.state === 'awaiting-cutover') && isQuiet()) break;
      await pass(20 * SECOND);
    }
    await pass(100 * HOUR);
    const [keeper, helper] = team;
    for (let round = 0; round < 4; round += 1) {
      if (!keeper || !helper) break;
      begin(keeper, keeper.engine.housekeep('uat'), true);
      for (let step = 0; step < 400 && keeper.work; step += 1) {
        await look();
        if (keeper.waiting.length > 0) letGo(keeper);
      }
      const due = (await runs()).find(hasWork);
      if (due) begin(helper, takeUp(helper, due.runId), false);
      for (let step = 0; step < 400 && helper.work; step += 1) {
        await look();
        if (helper.waiting.length > 0) letGo(helper);
      }
      await pass(120 * SECOND);
    }
  };
  const isQuiet = () => team.every((worker) => worker.work === undefined);

  const look = async (): Promise<void> => {
    await settled();
    if (trouble) throw trouble;
    await auditor.look();
  };

  try {
    await somebodyAsks();
    for (let step = 0; step < STORM_STEPS; step += 1) {
      await stormyStep();
      await freezeOrThaw();
      await look();
    }
    await calmDown();
    await look();
    await auditor.lookAtTheEnd();
    const { heldBy } = await journal.hold('uat');
    if (heldBy !== undefined) await desk.accept(MIRA, heldBy);
  } catch (error) {
    const violation =
      error instanceof Violation
        ? error.message
        : `L1: somebody gave up: ${String(error instanceof Error ? error.stack : error)}`;
    return { seed, violation, trace, states: [], killedIn };
  }
  return { seed, trace, states: (await runs()).map((run) => run.state), killedIn };
}

const isRunning = (step: StepStatus): boolean => step.state === 'running';
