import type { Instant, Person } from './people.ts';
import type { ProofFinding, ProofResult } from './proofs.ts';

/** Something that a proof has found, and which one. */
export interface NamedFinding extends ProofFinding {
  readonly proof: ProofResult['name'];
}

/** What the proofs have found, for as long as a run waits for somebody who answers for it. */
export interface AskedException {
  readonly findings: readonly NamedFinding[];
  /** SHA-256 of the findings: whoever accepts says which. */
  readonly digest: string;
  readonly at: Instant;
}

/** Exactly these findings are in the sandbox until a day, because somebody who answers for the data has said so. */
export interface AcceptedException {
  readonly findings: readonly NamedFinding[];
  readonly reason: string;
  /** The last day, `2026-12-31`, in the sandbox's zone. */
  readonly until: string;
  readonly by: Person;
  readonly at: Instant;
  /** The run whose records hold the decision. */
  readonly runId: string;
  /** Of the rules that had left it: with others nothing is accepted. */
  readonly packsHash: string;
}
