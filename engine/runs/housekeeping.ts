import { REWIND, type Run } from '../contracts.ts';
import { TRANSITIONS } from '../journal/events.ts';
import { later } from '../journal/desk.ts';
import { isUndecided } from '../journal/refusals.ts';
import { pairOf, type EngineParts } from '../parts.ts';
import { retire, type Remnant } from './retire.ts';
import { refuseWrongSignature } from './signedDecisions.ts';
import { noteSuccession } from './succession.ts';

const LEASE_MS = 60_000;
/** The journal's clock decides whether a rollback comes in time, this worker's whether it is over: they may differ a little. */
const CLOCKS_DIFFER_MS = 60_000;
const STATES = [...new Set([...TRANSITIONS['copy-dropped'].from, ...TRANSITIONS['previous-retired'].from])];

/**
 * Drops what nobody may keep any longer: failed runs' copies, and previous databases whose time is over.
 * @throws the first trouble, after everything else that was due has been done
 */
export async function housekeep(parts: EngineParts, target: string): Promise<void> {
  const due = async () => (await parts.journal.runs({ target, states: STATES })).flatMap((run) => dutiesOf(parts, run));
  await noteSuccession(parts.journal, target);
  await askForForgottenRollbacks(parts, target);
  if ((await due()).length === 0) return;
  const lease = await parts.journal.acquireLease(target, `${parts.workerId}/housekeeping`, LEASE_MS);
  if (!lease) return;
  const troubles: unknown[] = [];
  try {
    // Looked at again under the lease: a rollback or a retry may have begun and ended in between.
    for (const { run, remnant } of await due())
      await retireIfSigned(parts, run, remnant, { lease, signal: AbortSignal.timeout(LEASE_MS) }).catch(
        (error: unknown) => troubles.push(error),
      );
  } finally {
    await parts.journal.releaseLease(lease);
  }
  if (troubles.length > 0) throw troubles[0];
}

/** The way back that a sign-off ends is dropped for nobody whose signature is another one's. */
async function retireIfSigned(
  parts: EngineParts,
  run: Run,
  remnant: Remnant,
  under: Parameters<typeof retire>[3],
): Promise<void> {
  if (remnant === 'previous' && run.state === 'signed-off') await refuseWrongSignature(parts, run, 'sign-off');
  await retire(parts, run, remnant, under);
}

/** A worker may have ended between a failure behind the switch and the rollback that the policy asks for. */
async function askForForgottenRollbacks(parts: EngineParts, target: string): Promise<void> {
  const isAutomatic = pairOf(parts, target).target.policy.rollbackOnFailure === 'automatic';
  if (!isAutomatic || (await parts.journal.leases()).some((lease) => lease.target === target)) return;
  for (const run of await parts.journal.runs({ target, states: ['failed'] })) {
    if (run.generation === undefined || run.targetState === 'old' || !isUndecided(run)) continue;
    await parts.journal.record(run.runId, { kind: 'roll-back' }, { actor: REWIND });
  }
}

interface Duty {
  readonly run: Run;
  readonly remnant: Remnant;
}

function dutiesOf({ clock }: EngineParts, run: Run): readonly Duty[] {
  const now = clock.now();
  const duties: Duty[] = [];
  if (run.copyKeptUntil !== undefined && run.copyKeptUntil <= now) duties.push({ run, remnant: 'copy' });
  const isPreviousOver =
    run.state === 'signed-off' ||
    (run.previousKeptUntil !== undefined && later(run.previousKeptUntil, CLOCKS_DIFFER_MS) <= now);
  const hasPrevious = run.generation !== undefined && !run.isPreviousRetired && run.state !== 'rolled-back';
  if (hasPrevious && isPreviousOver && !isUndecided(run)) duties.push({ run, remnant: 'previous' });
  return duties;
}
