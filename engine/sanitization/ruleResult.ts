import type { RuleCount } from '../contracts.ts';
import type { EarlierAttempts } from './passes/carryOutRules.ts';
import type { SkipReason } from './rules/prepareRules.ts';

/** No value of the database: rule, table and number only. */
export interface RuleResult extends RuleCount {
  /** Who changed the rows, where it was not this attempt alone. */
  readonly by?: EarlierAttempts;
  readonly skipped?: SkipReason;
  /** What was kept from the target, to be found again by the proof. It stays in memory: a short value could be guessed from it. */
  readonly arrived?: Arrived;
}

export interface Arrived {
  readonly columns: readonly string[];
  readonly content: string;
  readonly rows: number;
}
