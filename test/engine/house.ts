import type { Clock } from '../../engine/clock.ts';
import type { Run, Source, StepName } from '../../engine/contracts.ts';
import { createEngine } from '../../engine/engine.ts';
import { createModelWorld, type ModelWorld } from '../../engine/environments/model/world.ts';
import type { Provider } from '../../engine/environments/provider.ts';
import type { Desk } from '../../engine/journal/deskDeeds.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { EngineParts } from '../../engine/parts.ts';
import type { ProceedResult } from '../../engine/runs/stepContext.ts';
import { createScrub } from '../../env/scrub.ts';
import { type aRequest, aSandbox, aSource } from '../builders.ts';
import { aCrew } from './crew.ts';
import { createLeasedJournal } from './doubles/leasedJournal.ts';
import { address, pack, printer, schema } from './doubles/smallCompany.ts';
import { createVirtualClock, type VirtualClock } from './doubles/virtualClock.ts';

/** The real engine and desk over the model's world: everything a run needs but processes. */
export interface House {
  readonly clock: VirtualClock;
  readonly world: ModelWorld;
  readonly journal: Journal;
  readonly desk: Desk;
  readonly parts: EngineParts;
  /** Drafted, planned, confirmed and approved. */
  approvedRun(request?: Partial<ReturnType<typeof aRequest>>): Promise<Run>;
  /** A worker takes the run and goes on with it until it lets go. */
  proceed(runId: string, options?: Proceed): Promise<ProceedResult>;
  housekeep(): Promise<void>;
  run(runId: string): Promise<Run>;
  /** Names and the marks of what stands on the target's server. */
  databases(): Readonly<Record<string, string>>;
  /** Email addresses and printers in the target's application database. */
  content(): { readonly addresses: readonly unknown[]; readonly printers: readonly unknown[] };
  logged(runId: string): Promise<string>;
}

export interface Proceed {
  /** Of another worker: what it is made of otherwise. */
  readonly parts?: Partial<EngineParts>;
  readonly worker?: string;
  readonly signal?: AbortSignal;
}

export interface HouseOptions {
  readonly sandbox?: Parameters<typeof aSandbox>[0];
  readonly source?: Partial<Source>;
  readonly provider?: (provider: Provider, house: { readonly clock: Clock }) => Provider;
  readonly journal?: (journal: Journal) => Journal;
  readonly secrets?: readonly string[];
  readonly stableMasks?: EngineParts['stableMasks'];
  /** What else the engine is made of. */
  readonly parts?: Partial<EngineParts>;
}

export function aHouse(options: HouseOptions = {}): House {
  const clock = createVirtualClock();
  const world = createModelWorld({ clock, schema });
  world.commit('application', address(1));
  world.commit('application', address(2));
  world.commit('application', printer(1, 'printer of production'));
  void clock.advance(1000);
  world.commit('financialReporting', address(3));
  for (const target of ['uat', 'test']) {
    world.change(target, 'application', address(77));
    world.change(target, 'application', printer(9, 'printer of the sandbox'));
  }

  const sandbox = aSandbox(options.sandbox);
  const source = aSource(options.source);
  const journal = (options.journal ?? ((one) => one))(createLeasedJournal(clock));
  const provider = (options.provider ?? ((one) => one))(world.provider, { clock });
  const { parts, engine, desk, run, logged, approved } = aCrew({
    journal,
    sources: [source],
    sandboxes: [sandbox],
    provider: () => provider,
    packs: () => [pack],
    clock,
    scrub: createScrub(options.secrets ?? []),
    ...(options.stableMasks && { stableMasks: options.stableMasks }),
    ...options.parts,
  });
  const rowsOf = (table: string, column: string) =>
    (
      world
        .databasesOf(sandbox.name)
        .get(sandbox.databases.application)
        ?.rows.prepare(`SELECT "${column}" AS value FROM public."${table}" ORDER BY CAST("RECID" AS INTEGER)`)
        .all() ?? []
    ).map((row) => row['value']);

  return {
    clock,
    world,
    journal,
    desk,
    parts,
    run,
    approvedRun: approved,
    async proceed(runId, { worker = 'worker-a', signal = new AbortController().signal, parts: others } = {}) {
      const at = others === undefined ? engine : createEngine({ ...parts, ...others });
      const lease = await journal.acquireLease(sandbox.name, worker, 15_000);
      if (!lease) throw new Error('The target is another worker’s');
      try {
        return await clock.runUntil(at.proceed(runId, { signal, lease, progress: () => undefined }));
      } finally {
        await journal.releaseLease(lease);
      }
    },
    housekeep: () => engine.housekeep(sandbox.name),
    databases: () =>
      Object.fromEntries([...world.databasesOf(sandbox.name)].map(([name, { runId }]) => [name, runId ?? 'its own'])),
    content: () => ({
      addresses: rowsOf('LOGISTICSELECTRONICADDRESS', 'LOCATOR'),
      printers: rowsOf('PRINTMGMTSETTINGS', 'PRINTER'),
    }),
    logged,
  };
}

export const stepStates = (run: Run): Readonly<Partial<Record<StepName, string>>> =>
  Object.fromEntries(run.steps.map(({ name, state }) => [name, state]));
