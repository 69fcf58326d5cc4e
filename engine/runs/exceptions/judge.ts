import type { AcceptedException, NamedFinding, Run } from '../../contracts.ts';
import { hasRoleFor, isSamePerson, knownAs, ownersLeft, partiesOf } from '../../contracts/mayBeDone/index.ts';
import { dayOf } from '../../dayOf.ts';
import { pairOf, type EngineParts } from '../../parts.ts';
import { mayBeAccepted, notAccepted, type Occasion } from '../../proofs/exceptions.ts';
import { hashPacks } from '../../sanitization/pack/hashPacks.ts';
import { isExceptionSigned } from '../signedDecisions.ts';

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
  const { journal, installation } = parts;
  const { target } = pairOf(parts, run.target, run.source);
  const found: AcceptedException[] = [];
  for (const earlier of await journal.runs({ target: run.target, limit: LAST_RUNS })) {
    if (earlier.runId === run.runId || earlier.source !== run.source) continue;
    for (const exception of earlier.exceptions ?? []) {
      const by = knownAs(installation.people, exception.by);
      const isParty = partiesOf(run).some((one) => isSamePerson(by, one));
      // Who answers for the data no longer has accepted nothing that lasts.
      if (exception.runId !== earlier.runId || isParty || !hasRoleFor('accept-findings', target, by)) continue;
      if (await isExceptionSigned(parts, exception)) found.push(exception);
    }
  }
  return found;
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
  if (notAccepted(findings, earlier, occasion).length === 0)
    return { kind: 'held', exceptions: earlier.filter((one) => holdsSomeOf(one, findings, occasion)) };
  const left = ownersLeft(run, { sandbox: target, people: parts.installation.people });
  return left.length > 0 ? { kind: 'ask' } : { kind: 'refuse' };
}

const holdsSomeOf = (exception: AcceptedException, findings: readonly NamedFinding[], occasion: Occasion): boolean =>
  notAccepted(findings, [exception], occasion).length < findings.length;
