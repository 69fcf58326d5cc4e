import type { CheckResult, Instant, Sandbox, Source } from '../contracts.ts';
import type { Measures } from '../environments/provider.ts';
import type { Fact, Facts } from './facts.ts';

/** Everything the conditions compare; absent means not known. */
export interface Situation {
  readonly source: Source;
  readonly target: Sandbox;
  /** Of production now, or of the copy, which shows production as it was at the recovery point. */
  readonly sourceFacts: Facts;
  readonly targetFacts: Facts;
  readonly sourceMeasures: Measures;
  readonly targetMeasures: Measures;
  readonly at: Instant;
  /** The restore chain that reaches the recovery point; without one there is no plan at all. */
  readonly chain: readonly string[];
  /** The run that holds the target, unless it is the asking one. */
  readonly heldBy: string | undefined;
  readonly restoreBytes: number | undefined;
  /** What the plan drops first to make room. */
  readonly retiredBytes?: number;
  readonly sourceIdentity?: string;
  /** Other environments of this installation, to tell a sandbox from a production under another name. */
  readonly productionIdentities: readonly string[];
}

export type Condition = (situation: Situation) => CheckResult;

type Verdict = Pick<CheckResult, 'outcome' | 'basis' | 'detail' | 'remedy'>;

export const passed = (basis: CheckResult['basis'], detail: string): Verdict => ({
  outcome: 'passed',
  basis,
  detail,
  remedy: '',
});
export const warning = (basis: CheckResult['basis'], detail: string, remedy: string): Verdict => ({
  outcome: 'warning',
  basis,
  detail,
  remedy,
});
export const blocked = (basis: CheckResult['basis'], detail: string, remedy: string): Verdict => ({
  outcome: 'blocked',
  basis,
  detail,
  remedy,
});

/** `holds`: its title where it is met. `otherwise`: where it is not, or where nobody knows, so it claims nothing. */
export const defineCondition =
  (
    name: string,
    { holds, otherwise }: { readonly holds: string; readonly otherwise: string },
    judge: (situation: Situation) => Verdict,
  ): Condition =>
  (situation) => {
    const verdict = judge(situation);
    return { name, title: verdict.outcome === 'passed' ? holds : otherwise, ...verdict };
  };

/** A comparison is as good as its weaker side. */
export const basisOf = (...facts: readonly Fact[]): 'measured' | 'declared' =>
  facts.every((fact) => fact.basis === 'measured') ? 'measured' : 'declared';

/** Compares dotted numbers part by part: 10.0.9 is older than 10.0.45. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
