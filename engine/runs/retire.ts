import { REWIND, type Run } from '../contracts.ts';
import type { Action } from '../environments/provider.ts';
import type { Lease } from '../journal/journal.ts';
import { pairOf, type EngineParts } from '../parts.ts';

/** What is dropped of a run that has ended. */
export type Remnant = 'copy' | 'previous';

const REMNANTS = {
  copy: { action: 'drop-incoming', event: 'copy-dropped', text: 'Kept copy dropped' },
  previous: { action: 'drop-previous', event: 'previous-retired', text: 'Previous databases dropped' },
} as const satisfies Record<Remnant, { action: Action; event: string; text: string }>;

/** Drops a remnant of `run` and says so in its log and record. Under a lease of the target, which another run may hold. */
export async function retire(
  parts: EngineParts,
  run: Run,
  remnant: Remnant,
  { lease, signal }: { readonly lease: Lease; readonly signal: AbortSignal },
): Promise<void> {
  const { source, target, provider } = pairOf(parts, run.target, run.source);
  const { action, event, text } = REMNANTS[remnant];
  const said: string[] = [];
  await provider.open(target, { runId: run.runId, fence: lease.fence, signal }).act(action, {
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
