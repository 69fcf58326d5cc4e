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
  findingsOf(proofsOf(steps));

export const proofsOf = (steps: readonly StepProofs[] = []): readonly ProofResult[] =>
  steps.flatMap(({ proofs }) => proofs);

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

/**
 * What was found in a copy beyond what is known of it: another place or kind, or more rows than before. Where the count before was of a
 * sample, it does not say how many there are.
 */
export function foundSince(findings: readonly NamedFinding[], before: readonly ProofResult[]): readonly NamedFinding[] {
  const known = new Map(
    before.flatMap((proof) =>
      findingsOf([proof])
        .filter(mayBeAccepted)
        .map((one) => [placeOf(one), proof.sampled ? Infinity : one.count] as const),
    ),
  );
  return findings.filter((finding) => finding.count > (known.get(placeOf(finding)) ?? 0));
}

/** What nobody has accepted of a copy, by all that its steps have proved: what was found behind the whole proof is measured by that. */
export function openFindings(
  steps: readonly StepProofs[] = [],
  exceptions: readonly AcceptedException[] = [],
  occasion: Occasion,
): readonly NamedFinding[] {
  const isWhole = ({ step }: StepProofs) => step === 'verify-sanitization';
  const whole = steps.filter(isWhole);
  const later = steps.filter((one) => !isWhole(one));
  return [
    ...notAccepted(findingsOfSteps(whole), exceptions, occasion),
    ...foundSince(findingsOfSteps(later), proofsOf(whole)),
  ];
}

export const isInEffect = (exception: AcceptedException, { day, packsHash }: Occasion): boolean =>
  day <= exception.until && exception.packsHash === packsHash;

const keyOf = (finding: NamedFinding): string => digestOf([placeOf(finding), finding.count]);

const placeOf = ({ proof, database, schema, table, column, kind }: NamedFinding): string =>
  digestOf([proof, database, schema, table, column, kind]);
