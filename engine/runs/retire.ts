import { REWIND, type Instant, type Run } from '../contracts.ts';
import type { Action } from '../environments/provider.ts';
import type { EventKind } from '../journal/events.ts';
import type { Lease } from '../journal/journal.ts';
import { wayBackOf } from '../contracts/mayBeDone/index.ts';
import { pairOf, type EngineParts } from '../parts.ts';

/** What is dropped of a run that has ended. */
export type Remnant = 'copy' | 'previous';

interface Retiring {
  readonly action: Action;
  readonly giveUp: EventKind & `${string}-given-up`;
  readonly event: 'copy-dropped' | 'previous-retired';
  readonly text: string;
  isPromised(run: Run, now: Instant): boolean;
}

const REMNANTS: Readonly<Record<Remnant, Retiring>> = {
  copy: {
    ...{ action: 'drop-incoming', giveUp: 'copy-given-up', event: 'copy-dropped', text: 'Kept copy dropped' },
    isPromised: ({ copyKeptUntil = '' }, now) => copyKeptUntil > now,
  },
  previous: {
    ...{ action: 'drop-previous', giveUp: 'previous-given-up', event: 'previous-retired' },
    text: 'Previous databases dropped',
    isPromised: (run, now) => wayBackOf(run, now).kind !== 'none',
  },
};

export interface RetiringUnder {
  readonly lease: Lease;
  readonly signal: AbortSignal;
}

/**
 * Drops a remnant that is still promised, because an approved plan or a sign-off says so. The promise ends first, so that whenever
 * a worker ends no card promises what is gone; housekeeping then finishes.
 */
export async function retireEarly(parts: EngineParts, run: Run, remnant: Remnant, under: RetiringUnder): Promise<void> {
  const { giveUp, isPromised } = REMNANTS[remnant];
  if (isPromised(run, parts.clock.now()))
    await parts.journal.record(run.runId, { kind: giveUp }, { actor: REWIND, lease: under.lease });
  await retire(parts, run, remnant, under);
}

/** Drops a remnant of `run` and says so in its log and record. Under a lease of the target, which another run may hold. */
export async function retire(
  parts: EngineParts,
  run: Run,
  remnant: Remnant,
  { lease, signal }: RetiringUnder,
): Promise<void> {
  const { source, target, provider } = pairOf(parts, run.target, run.source);
  const { action, event, text } = REMNANTS[remnant];
  const said: string[] = [];
  await provider.open(target, { runId: run.runId, fence: lease.fence, signal }, source).act(action, {
    source,
    at: run.at ?? run.createdAt,
    remembered: run.remembered,
    remember: () => Promise.resolve(),
    progress: () => undefined,
    log: (line) => said.push(line),
  });
  const at = parts.clock.now();
  await parts.journal.appendLog(
    run.runId,
    [...said.map(parts.scrub), text].map((line) => ({ at, step: 'retire', text: line })),
  );
  await parts.journal.record(run.runId, { kind: event }, { actor: REWIND, lease });
}
