import { createEngine, type Engine } from '../../../engine/engine.ts';
import type { Sandbox } from '../../../engine/contracts.ts';
import type { Hold, Provider, Writer } from '../../../engine/environments/provider.ts';
import type { ModelWorld } from '../../../engine/environments/model/world.ts';
import type { Journal, Lease } from '../../../engine/journal/journal.ts';
import type { EngineParts } from '../../../engine/parts.ts';
import { BlipError, InjectedError } from '../doubles/troubles.ts';
import type { Auditor } from './auditor.ts';
import type { Random } from './random.ts';

/** Thrown inside an act of the model: the process ends there, or stands still and later goes on as if nothing had been. */
class Interrupt extends Error {
  readonly how: 'crash' | 'pause';

  constructor(how: 'crash' | 'pause') {
    super(how);
    this.how = how;
  }
}

/** A worker process as the scheduler sees it: it moves only when it is let through its next gate. */
export interface SimulatedWorker {
  readonly name: string;
  readonly engine: Engine;
  readonly waiting: (() => void)[];
  isDead: boolean;
  isFrozen: boolean;
  lease: Lease | undefined;
  shutdown: AbortController;
  /** What it does at the moment. */
  work: Promise<void> | undefined;
}

export interface Surroundings {
  readonly random: Random;
  readonly world: ModelWorld;
  readonly journal: Journal;
  readonly provider: Provider;
  readonly auditor: Auditor;
  readonly parts: Omit<EngineParts, 'journal' | 'provider' | 'workerId'>;
  /** Faults happen while this says so. */
  readonly isStormy: () => boolean;
}

export function createWorker(name: string, surroundings: Surroundings): SimulatedWorker {
  const { random, world, journal, provider, auditor, parts, isStormy } = surroundings;
  const waiting: (() => void)[] = [];
  const gate = () => new Promise<void>((resolve) => waiting.push(resolve));

  const maybeFail = (probability: number) => {
    if (!isStormy() || !random.chance(probability)) return;
    throw random.pick([() => new InjectedError(), () => new BlipError(), () => new Error('something foreign')])();
  };

  const gatedJournal: Journal = {
    ...journal,
    run: (runId) => gate().then(() => journal.run(runId)),
    async record(runId, event, by) {
      await gate();
      const run = await journal.record(runId, event, by);
      auditor.recorded(run, event, by.lease);
      return run;
    },
    async acquireLease(...args) {
      await gate();
      const lease = await journal.acquireLease(...args);
      if (lease) auditor.leased(lease);
      return lease;
    },
    runs: (filter) => gate().then(() => journal.runs(filter)),
    chores: (at) => gate().then(() => journal.chores(at)),
  };

  const gatedProvider: Provider = {
    ...provider,
    async plan(...args) {
      await gate();
      maybeFail(0.004);
      return provider.plan(...args);
    },
    async observe(...args) {
      await gate();
      maybeFail(0.01);
      return provider.observe(...args);
    },
    async measure(environment) {
      await gate();
      return provider.measure(environment);
    },
    async session(...args) {
      await gate();
      maybeFail(0.006);
      return provider.session(...args);
    },
    open: (target, hold, source) => gatedWriter(provider.open(target, hold, source), hold, target),
  };

  const gatedWriter = (writer: Writer, { fence }: Hold, { name: target, databases }: Sandbox): Writer => ({
    ...writer,
    async observe() {
      await gate();
      maybeFail(0.01);
      return writer.observe();
    },
    async act(action, options) {
      for (;;) {
        await gate();
        if (isStormy() && random.chance(0.12)) {
          const at = `${action}:${String(1 + random.below(5))}`;
          const error = random.pick([
            () => new Interrupt('crash'),
            () => new Interrupt('crash'),
            () => new Interrupt('pause'),
            () => new InjectedError(),
            () => new BlipError(),
          ])();
          world.inject({ at, error, when: random.pick(['before', 'after']) });
        }
        try {
          return await writer.act(action, {
            ...options,
            log: (text) => {
              auditor.touches(fence);
              options.log(text);
            },
          });
        } catch (error) {
          if (!(error instanceof Interrupt)) throw error;
          // Either for good, or until the scheduler wakes it: then the same hand goes on in the same place.
          if (error.how === 'crash') worker.isDead = true;
          else worker.isFrozen = true;
        }
      }
    },
    async session(side, role) {
      await gate();
      maybeFail(0.006);
      const session = await writer.session(side, role);
      const isStill = databaseUnder(world, target, databases[role]);
      const gated = async <Outcome>(work: () => Promise<Outcome>): Promise<Outcome> => {
        // Stands still in front of a statement until the scheduler wakes it.
        if (isStormy() && random.chance(0.02)) worker.isFrozen = true;
        await gate();
        // A switch ends the sessions of the databases it renames, as both real platforms do.
        if (side === 'incoming' && isStill() === 'switched') throw new Error('the connection was closed by the server');
        const outcome = await work();
        auditor.touches(fence);
        return outcome;
      };
      return {
        ...session,
        execute: (query) => gated(() => session.execute(query)),
        executeTogether: (queries) => gated(() => session.executeTogether(queries)),
        maintain: (query) => gated(() => session.maintain(query)),
      };
    },
    async read(side, role) {
      await gate();
      maybeFail(0.006);
      return writer.read(side, role);
    },
  });

  const worker: SimulatedWorker = {
    name,
    waiting,
    engine: createEngine({ ...parts, journal: gatedJournal, provider: () => gatedProvider, workerId: name }),
    isDead: false,
    isFrozen: false,
    lease: undefined,
    shutdown: new AbortController(),
    work: undefined,
  };
  return worker;
}

function databaseUnder(world: ModelWorld, target: string, name: string): () => 'same' | 'switched' {
  const before = world.databasesOf(target).get(name)?.id;
  return () => (world.databasesOf(target).get(name)?.id === before ? 'same' : 'switched');
}
