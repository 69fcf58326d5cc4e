import type { Instant } from '../people.ts';

/** Why something may not be done; the codes are those of the errors that say it (engine/journal/errors.ts). */
export type Refusal =
  /** The run has moved on, or there is nothing of that kind to do with it. */
  | { readonly code: 'outdated-request' }
  /** `what`: as in “may not approve a refresh”. */
  | { readonly code: 'not-allowed'; readonly what: string }
  | { readonly code: 'expired'; readonly at: Instant }
  | { readonly code: 'plan-missing' }
  | { readonly code: 'plan-changed' }
  | { readonly code: 'plan-blocked'; readonly checks: readonly string[] }
  /** Whoever had a hand in a plan does not approve it. */
  | { readonly code: 'own-approval'; readonly deed: 'approve' | 'acknowledge' }
  /** Two have to approve, and this one has already. */
  | { readonly code: 'approved-already' }
  /** Whoever asked or approved accepts nothing that a proof has found. */
  | { readonly code: 'own-exception' }
  | { readonly code: 'terminal-approval-off' }
  /** An account of the machine that stands for several people, or for one who shaped the plan, proves no second person. */
  | { readonly code: 'shared-account'; readonly account: string }
  /** Everybody who may approve would have had a hand in the plan. */
  | { readonly code: 'nobody-left' }
  | { readonly code: 'target-busy'; readonly heldBy: string }
  | { readonly code: 'frozen'; readonly until: Instant; readonly reason: string }
  | { readonly code: 'reserved'; readonly by: string; readonly until: Instant; readonly reason: string }
  | { readonly code: 'point-of-no-return' }
  | { readonly code: 'restore-not-stoppable' }
  | { readonly code: 'retry-impossible'; readonly why: string }
  | { readonly code: 'rollback-impossible'; readonly why: string };
