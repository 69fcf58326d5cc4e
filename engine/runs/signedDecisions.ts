import { REWIND, type Run, type RunRecord } from '../contracts.ts';
import { approvalsNeeded, hasRoleFor, isSamePerson, knownAs } from '../contracts/mayBeDone/index.ts';
import { TerminalError } from '../errors.ts';
import { verifyChain } from '../journal/hashChain.ts';
import { signatureOf } from '../journal/signatures.ts';
import { pairOf, type EngineParts } from '../parts.ts';
import { approvalsStillBound } from '../planning/approvals.ts';
import { PlanDriftedError } from '../prerequisites/errors.ts';
import { believedExceptions } from './exceptions/believed.ts';

/** Somebody who is not the bot may have written it. */
export class DecisionNotSignedError extends TerminalError {
  override readonly code = 'decision-not-signed';

  constructor(runId: string, what: string) {
    super(`${what} of ${runId} does not carry the bot’s signature for this run, plan and person`, {
      remedy: `Plan the refresh again and decide in Teams. rewind audit ${runId} says which record it is; after a new key of the bot’s, its public half belongs to REWIND_VERIFYING_KEYS of every worker.`,
    });
  }
}

/**
 * Whoever can write the journal can write that a plan was confirmed and approved, but cannot sign it. Asked for every time a
 * worker goes on with a run; without a verifying key nothing is asked.
 * @throws DecisionNotSignedError
 */
export async function refuseUnsignedApproval(parts: EngineParts, run: Run): Promise<void> {
  // The file says how many it takes, whatever the journal says.
  if (!(await approvalsStillBound(parts, pairOf(parts, run.target, run.source), run)))
    throw new PlanDriftedError(run.runId, ['how many people approve it']);
  const keys = parts.verifyingKeys ?? [];
  if (keys.length === 0) return;
  const records = await parts.journal.records(run.runId);
  // A signature covers the hash of the record before it: only in a whole chain does that stand for all that came before.
  if (!verifyChain(records).intact) throw new DecisionNotSignedError(run.runId, 'The chain of records');
  const decided = DECISIONS[approvalsNeeded(run)].map(([event, what]) => {
    const record = records.findLast((one) => one.event === event);
    const state = record && signatureOf(record, keys);
    const mayBeUnsigned = event !== 'confirm' && parts.installation.terminalApproval === true && state === 'absent';
    if (!record || member(record, 'digest') !== run.plan?.digest || (state !== 'valid' && !mayBeUnsigned))
      throw new DecisionNotSignedError(run.runId, what);
    return record;
  });
  refuseOnePersonTwice(parts, run, decided);
  if (run.isUrgent) refuseUrgent(parts, run, decided[0]);
  if ((await believedExceptions(parts, run)).length < (run.exceptions ?? []).length)
    throw new DecisionNotSignedError(run.runId, 'The exception');
  const retry = records.find((one) => one.event === 'retry' && signatureOf(one, keys) !== 'valid');
  if (retry) throw new DecisionNotSignedError(run.runId, 'The retry');
}

const CONFIRMATION = ['confirm', 'The confirmation'] as const;
const APPROVAL = ['approve', 'The approval'] as const;
const DECISIONS = {
  0: [CONFIRMATION],
  1: [CONFIRMATION, APPROVAL],
  2: [CONFIRMATION, ['approve-first', 'The first approval'], APPROVAL],
} as const;

/** A confirmation and its approvals are by as many people, whichever of their ids they came by. */
function refuseOnePersonTwice({ installation }: EngineParts, { runId }: Run, decided: readonly RunRecord[]): void {
  const people = decided.map(({ actor }) => knownAs(installation.people, actor));
  const isTwice = people.some((one, n) => people.slice(0, n).some((earlier) => isSamePerson(one, earlier)));
  if (isTwice) throw new DecisionNotSignedError(runId, 'An approval by a person of its own');
}

/** Two clocks may differ a little. */
const CLOCKS_DIFFER_MS = 60_000;

/** That it was confirmed as urgent is signed, by whom as well; that its delay is over anybody could have written. */
function refuseUrgent(parts: EngineParts, run: Run, confirmation: RunRecord | undefined): void {
  const { target } = pairOf(parts, run.target, run.source);
  const { installation, clock } = parts;
  const isMeant = confirmation !== undefined && member(confirmation, 'isUrgent') === true;
  if (!isMeant || !hasRoleFor('urgent', target, knownAs(installation.people, confirmation.actor)))
    throw new DecisionNotSignedError(run.runId, 'The confirmation as urgent');
  const over = Date.parse(confirmation.at) + (run.plan?.binding.urgentDelayMs ?? 0) - CLOCKS_DIFFER_MS;
  if (Date.parse(clock.now()) < over) throw new DecisionNotSignedError(run.runId, 'The end of the delay');
}

/**
 * Where the last decision of this kind came from: a person at a terminal cannot sign, and may roll back and sign off all the
 * same, so only a signature that does not fit refuses.
 * @throws DecisionNotSignedError
 */
export async function refuseWrongSignature(
  parts: EngineParts,
  run: Run,
  event: 'roll-back' | 'sign-off',
): Promise<'signed' | 'not-signed' | 'not-asked'> {
  const keys = parts.verifyingKeys ?? [];
  const record = (await parts.journal.records(run.runId)).findLast((one) => one.event === event);
  if (keys.length === 0 || !record || record.actor.id === REWIND.id) return 'not-asked';
  const state = signatureOf(record, keys);
  if (state === 'absent') return 'not-signed';
  if (state !== 'valid')
    throw new DecisionNotSignedError(run.runId, event === 'roll-back' ? 'The rollback' : 'The sign-off');
  return 'signed';
}

/** Of a confirmation or an approval: `digest` says which plan it is about. */
const member = ({ data }: RunRecord, name: string): unknown =>
  new Map(Object.entries({ ...(data as object) })).get(name);
