import { REWIND, type Run } from './contracts.ts';
import type { Action } from './environments/provider.ts';
import { TRANSITIONS } from './journal/events.ts';
import type { Lease } from './journal/journal.ts';
import { pairOf, type EngineParts } from './parts.ts';

const LEASE_MS = 60_000;

/** Drops what nobody may keep any longer: failed runs' copies, and previous databases whose time is over. */
export async function housekeep(parts: EngineParts, target: string): Promise<void> {
  const due = (await parts.journal.runs({ target, states: [...TRANSITIONS['previous-retired'].from] })).flatMap((run) =>
    dutiesOf(parts, run),
  );
  if (due.length === 0) return;
  const lease = await parts.journal.acquireLease(target, `${parts.workerId}/housekeeping`, LEASE_MS);
  if (!lease) return;
  try {
    for (const duty of due) await fulfil(parts, duty, lease);
  } finally {
    await parts.journal.releaseLease(lease);
  }
}

interface Duty {
  readonly run: Run;
  readonly action: Extract<Action, 'drop-incoming' | 'drop-previous'>;
  readonly event: 'copy-dropped' | 'previous-retired';
}

function dutiesOf({ clock }: EngineParts, run: Run): readonly Duty[] {
  const now = clock.now();
  const duties: Duty[] = [];
  if (run.copyKeptUntil !== undefined && run.copyKeptUntil <= now)
    duties.push({ run, action: 'drop-incoming', event: 'copy-dropped' });
  const isPreviousOver =
    run.state === 'signed-off' || (run.previousKeptUntil !== undefined && run.previousKeptUntil <= now);
  if (run.generation !== undefined && !run.isPreviousRetired && isPreviousOver && !isUndecided(run))
    duties.push({ run, action: 'drop-previous', event: 'previous-retired' });
  return duties;
}

/** Behind a failed switch the previous database is the only way back until somebody decides. */
const isUndecided = (run: Run): boolean => run.state === 'failed' && run.acceptedBy === undefined;

async function fulfil(parts: EngineParts, { run, action, event }: Duty, lease: Lease): Promise<void> {
  const { source, target, provider } = pairOf(parts, run.target, run.source);
  await provider.act(action, {
    source,
    target,
    runId: run.runId,
    at: run.at ?? run.createdAt,
    fence: lease.fence,
    signal: AbortSignal.timeout(LEASE_MS),
    remembered: run.remembered,
    remember: () => Promise.resolve(),
    progress: () => undefined,
    log: () => undefined,
  });
  await parts.journal.appendLog(run.runId, [
    {
      at: parts.clock.now(),
      step: 'retire',
      text: action === 'drop-previous' ? 'Previous databases dropped' : 'Kept copy dropped',
    },
  ]);
  await parts.journal.record(run.runId, { kind: event }, { actor: REWIND, lease });
}
