import type { AcceptedException, NamedFinding, ProofResult, StepProofs } from '../contracts.ts';
import { digestOf } from '../journal/canonicalJson.ts';
import { ENDPOINTS } from './kinds.ts';

/** When somebody asks whether an exception holds, and under which rules. */
export interface Occasion {
  /** `2026-11-30`, in the sandbox's zone. */
  readonly day: string;
  readonly packsHash: string;
}

export const findingsOf = (proofs: readonly ProofResult[]): readonly NamedFinding[] =>
  proofs.flatMap(({ name, findings }) => findings.map((finding) => ({ ...finding, proof: name })));

export const findingsOfSteps = (steps: readonly StepProofs[] = []): readonly NamedFinding[] =>
  findingsOf(steps.flatMap(({ proofs }) => proofs));

/** A rule that did not do its work, and what lets somebody into another system, nobody answers for. */
export function mayBeAccepted({ proof, kind }: NamedFinding): boolean {
  const isKey = kind === 'secret' || [...ENDPOINTS].some((each) => each === kind);
  return (proof === 'search' || proof === 'coverage') && !isKey;
}

/** What none of these exceptions accepts exactly: another count, kind or column is another finding. */
export function notAccepted(
  findings: readonly NamedFinding[],
  exceptions: readonly AcceptedException[] = [],
  occasion: Occasion,
): readonly NamedFinding[] {
  const held = exceptions.filter((exception) => isInEffect(exception, occasion));
  const known = new Set(held.flatMap((exception) => exception.findings.filter(mayBeAccepted).map(keyOf)));
  return findings.filter((finding) => !known.has(keyOf(finding)));
}

export const isInEffect = (exception: AcceptedException, { day, packsHash }: Occasion): boolean =>
  day <= exception.until && exception.packsHash === packsHash;

const keyOf = ({ proof, database, schema, table, column, kind, count }: NamedFinding): string =>
  digestOf([proof, database, schema, table, column, kind, count]);
