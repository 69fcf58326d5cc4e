import { REWIND, type Run } from '../contracts.ts';
import { isUndecided } from '../contracts/mayBeDone/index.ts';
import type { Chore } from '../journal/journal.ts';
import { pairOf, type EngineParts } from '../parts.ts';
import { retire, retireEarly, type Remnant, type RetiringUnder } from './retire.ts';
import { refuseWrongSignature } from './signedDecisions.ts';
import { noteSuccession } from './succession.ts';

const LEASE_MS = 60_000;

const REMNANTS: Readonly<Partial<Record<Chore['kind'], Remnant>>> = {
  'drop-copy': 'copy',
  'drop-previous': 'previous',
};

/**
 * Does what is due by itself on one target: drops what nobody may keep any longer, tells runs that they are replaced.
 * @throws the first trouble, after everything else that was due has been done
 */
export async function housekeep(parts: EngineParts, target: string, found?: readonly Chore[]): Promise<void> {
  const { journal, clock } = parts;
  const due = async () => (await journal.chores(clock.now())).filter((chore) => chore.target === target);
  const chores = found ?? (await due());
  await noteSuccession(journal, chores);
  await askForForgottenRollbacks(parts, target, chores);
  if (!chores.some(({ kind }) => REMNANTS[kind])) return;
  const lease = await journal.acquireLease(target, `${parts.workerId}/housekeeping`, LEASE_MS);
  if (!lease) return;
  const troubles: unknown[] = [];
  try {
    // Looked at again under the lease: a rollback or a retry may have begun and ended in between.
    for (const { kind, runId } of await due()) {
      const remnant = REMNANTS[kind];
      const run = remnant && (await journal.run(runId));
      if (!remnant || !run) continue;
      await retireIfSigned(parts, run, remnant, { lease, signal: AbortSignal.timeout(LEASE_MS) }).catch(
        (error: unknown) => troubles.push(error),
      );
    }
  } finally {
    await journal.releaseLease(lease);
  }
  if (troubles.length > 0) throw troubles[0];
}

/** The way back that a sign-off ends is dropped for nobody whose signature is another one's. */
async function retireIfSigned(parts: EngineParts, run: Run, remnant: Remnant, under: RetiringUnder): Promise<void> {
  if (remnant === 'previous' && run.state === 'signed-off') {
    await refuseWrongSignature(parts, run, 'sign-off');
    await retireBehind(parts, run, under);
  }
  await retire(parts, run, remnant, under);
}

/** An earlier way back leads through the one that was signed off, and ends with it; the question for the sign-off says so. */
async function retireBehind(parts: EngineParts, { plan }: Run, under: RetiringUnder): Promise<void> {
  for (const { runId } of plan?.binding.earlier ?? []) {
    const behind = await parts.journal.run(runId);
    if (behind && !behind.isPreviousRetired) await retireEarly(parts, behind, 'previous', under);
  }
}

/** A worker may have ended between a failure behind the switch and the rollback that the policy asks for. */
async function askForForgottenRollbacks(parts: EngineParts, target: string, chores: readonly Chore[]): Promise<void> {
  const { journal } = parts;
  const forgotten = chores.filter(({ kind }) => kind === 'roll-back');
  if (forgotten.length === 0 || pairOf(parts, target).target.policy.rollbackOnFailure !== 'automatic') return;
  if ((await journal.leases()).some((lease) => lease.target === target)) return;
  for (const { runId } of forgotten) {
    const run = await journal.run(runId);
    if (run?.generation === undefined || run.targetState === 'old' || !isUndecided(run)) continue;
    await journal.record(runId, { kind: 'roll-back' }, { actor: REWIND });
  }
}
