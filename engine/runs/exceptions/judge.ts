import type { AcceptedException, NamedFinding, Run } from '../../contracts.ts';
import { approvalsNeeded, ownersLeft } from '../../contracts/mayBeDone/index.ts';
import { dayOf } from '../../dayOf.ts';
import { pairOf, type EngineParts } from '../../parts.ts';
import { mayBeAccepted, notAccepted, type Occasion } from '../../proofs/exceptions.ts';
import { hashPacks } from '../../sanitization/pack/hashPacks.ts';
import { believedExceptions } from './believed.ts';

/** Further back, what was accepted is asked for anew. */
const LAST_RUNS = 50;

export const occasionOf = (parts: EngineParts, run: Run): Occasion => {
  const { target } = pairOf(parts, run.target, run.source);
  return { day: dayOf(parts.clock.now(), target.timeZone), packsHash: hashPacks(parts.packs(target.packs)) };
};

/**
 * Decisions about earlier copies of the same sandbox that still hold: until their last day, under the same rules, and by somebody
 * who has had no hand in this run.
 */
export async function earlierExceptions(parts: EngineParts, run: Run): Promise<readonly AcceptedException[]> {
  const runs = await parts.journal.runs({ target: run.target, limit: LAST_RUNS });
  const decided = runs.flatMap(({ runId, exceptions = [] }) => exceptions.filter((one) => one.runId === runId));
  const earlier = decided.filter(({ runId }) => runId !== run.runId);
  return believedExceptions(parts, run, earlier);
}

/**
 * What becomes of a copy in which something was found. `held`: exactly that was accepted before; `ask`: somebody is left who may
 * accept it; `refuse`: nobody may.
 */
export type Verdict =
  | { readonly kind: 'held'; readonly exceptions: readonly AcceptedException[] }
  | { readonly kind: 'ask' }
  | { readonly kind: 'refuse' };

export async function judgeFindings(parts: EngineParts, run: Run, findings: readonly NamedFinding[]): Promise<Verdict> {
  // What nobody has approved holds nothing that somebody would have to answer for.
  if (run.isUrgent || !findings.every(mayBeAccepted)) return { kind: 'refuse' };
  const { target } = pairOf(parts, run.target, run.source);
  const occasion = occasionOf(parts, run);
  const earlier = await earlierExceptions(parts, run);
  // Where nobody approves, whoever answers for the data is the second person.
  if (approvalsNeeded(run) > 0 && notAccepted(findings, earlier, occasion).length === 0)
    return { kind: 'held', exceptions: earlier.filter((one) => holdsSomeOf(one, findings, occasion)) };
  const left = ownersLeft(run, { sandbox: target, people: parts.installation.people });
  return left.length > 0 ? { kind: 'ask' } : { kind: 'refuse' };
}

/** Of several exceptions the one that ends first. */
export const endOf = ({ exceptions }: Extract<Verdict, { readonly kind: 'held' }>): string =>
  exceptions.map(({ until }) => until).toSorted()[0] ?? '';

const holdsSomeOf = (exception: AcceptedException, findings: readonly NamedFinding[], occasion: Occasion): boolean =>
  notAccepted(findings, [exception], occasion).length < findings.length;
