import type { Instant, Run, Sandbox, Source } from '../../engine/contracts.ts';
import { createEngine, type Engine } from '../../engine/engine.ts';
import { createDesk } from '../../engine/journal/desk.ts';
import type { Desk } from '../../engine/journal/deskDeeds.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { EngineParts } from '../../engine/parts.ts';
import { createScrub } from '../../env/scrub.ts';
import { aRequest, MIRA } from '../builders.ts';

/** The real engine and desk over any provider and journal, and what two people and a worker do with them. */
export interface Crew {
  readonly parts: EngineParts;
  readonly engine: Engine;
  readonly desk: Desk;
  run(runId: string): Promise<Run>;
  logged(runId: string): Promise<string>;
  /** Without a plan where the engine makes none. */
  planned(request?: CrewRequest): Promise<Run>;
  /** Planned, confirmed by whoever asked, and approved by Mira. */
  approved(request?: CrewRequest): Promise<PlannedRun>;
  /** A worker takes the run and goes on with it until it lets go. */
  proceed(runId: string, options?: { readonly leaseMs?: number }): Promise<Run>;
}

type PlannedRun = Run & { readonly plan: NonNullable<Run['plan']> };

/** `from`: another source than the sandbox’s first. */
type CrewRequest = Parameters<typeof aRequest>[0] & { readonly from?: string | undefined };

/** What tests care about, and the usual for the rest. */
export type CrewParts = Pick<EngineParts, 'journal' | 'provider' | 'packs' | 'clock'> &
  Partial<EngineParts> & { readonly sources: readonly Source[]; readonly sandboxes: readonly Sandbox[] };

export function aCrew({ sources, sandboxes, ...given }: CrewParts): Crew {
  const { journal, clock } = given;
  const parts: EngineParts = {
    installation: { people: [], sources, sandboxes },
    scrub: createScrub([]),
    workerId: 'worker-a',
    commandVariables: { PATH: process.env['PATH'] },
    ...given,
  };
  const engine = createEngine(parts);
  const desk = aDesk(journal, sandboxes, clock.now);
  const { signal } = new AbortController();
  const run = async (runId: string): Promise<Run> => {
    const found = await journal.run(runId);
    if (!found) throw new Error(`There is no ${runId}`);
    return found;
  };
  const planned = async (request?: CrewRequest): Promise<Run> => {
    const { by, target, at } = aRequest(request);
    const { runId } = await desk.draft(by, target, 'Europe/Berlin', undefined, request?.from);
    await desk.chooseMoment(by, runId, at);
    await engine.plan(runId, signal);
    return run(runId);
  };
  return {
    parts,
    engine,
    desk,
    run,
    logged: async (runId) => (await journal.log(runId)).map(({ step, text }) => `${step}: ${text}`).join('\n'),
    planned,
    async approved(request) {
      const { by, reason } = aRequest(request);
      const { runId, plan, failure } = await planned(request);
      if (!plan) throw new Error(`No plan: ${failure?.message ?? ''}`);
      await desk.confirm(by, runId, plan.digest, reason);
      return { ...(await desk.approve(MIRA, runId, plan.digest)), plan };
    },
    async proceed(runId, { leaseMs = 60_000 } = {}) {
      const { target } = await run(runId);
      const lease = await journal.acquireLease(target, parts.workerId, leaseMs);
      if (!lease) throw new Error('The target is another worker’s');
      await engine.proceed(runId, { signal, lease, progress: () => undefined });
      await journal.releaseLease(lease);
      return run(runId);
    },
  };
}

/** Nobody is woken by it: tests play the worker. */
export function aDesk(journal: Journal, sandboxes: readonly Sandbox[], now: () => Instant): Desk {
  const wake = { plan: () => Promise.resolve(), proceed: () => Promise.resolve() };
  return createDesk({ journal, installation: { people: [], sandboxes }, wake, now, sign: 'unsigned' });
}
