import type { Instant } from '../../contracts.ts';
import type { Sizes } from './chooseMethod.ts';
import type { Facts } from './facts/tableFacts.ts';
import type { Ledger } from './ledger.ts';
import type { RuleScope } from './statements.ts';

export interface PassContext {
  readonly scope: RuleScope;
  readonly facts: Facts;
  readonly ledger: Ledger;
  readonly sizes: Sizes;
  readonly signal: AbortSignal | undefined;
  /** Without it, how long a part takes is not looked at. */
  readonly now?: (() => Instant) | undefined;
  /** How much of the table is done, and how that is said. */
  readonly progress: (share: number, detail: string) => void;
}
