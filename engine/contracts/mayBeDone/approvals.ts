import { TRANSITIONS } from '../../journal/events.ts';
import type { KnownPerson, Sandbox } from '../environments.ts';
import type { Person } from '../people.ts';
import type { Run } from '../runs.ts';
import { knownAs, shapersOf } from './people.ts';
import { hasRoleFor } from './roles.ts';

/** How many people approve this plan, each another one. */
export const approvalsNeeded = ({ isUrgent, plan }: Pick<Run, 'isUrgent' | 'plan'>): 0 | 1 | 2 =>
  isUrgent ? 0 : (plan?.binding.approvals ?? 1);

/** So many have to be left who had no hand in it: where nobody has to approve, one may have to all the same. */
export const approversWanted = ({ policy }: Pick<Sandbox, 'policy'>, isUrgent = false): 1 | 2 =>
  policy.approvals === 'two' && !isUrgent ? 2 : 1;

/** Who approves it no more: whoever had a hand in it, or has approved it already. */
export const handsIn = (run: Run): readonly Person[] => [
  ...shapersOf(run),
  ...(run.firstApproval ? [run.firstApproval.by] : []),
];

/** The first of two, as long as whoever gave it may approve. */
export function firstApprovalOf(
  run: Run,
  house: { readonly sandbox: Sandbox; readonly people: readonly KnownPerson[] } | undefined,
): Run['firstApproval'] {
  const first = run.firstApproval;
  if (!first || !house) return first;
  return hasRoleFor('approve', house.sandbox, knownAs(house.people, first.by)) ? first : undefined;
}

/** Urgent, over, and somebody else has still to look at it: whoever could have approved. */
export const isUnacknowledged = ({ isUrgent, acknowledged, state }: Run): boolean =>
  isUrgent === true && acknowledged === undefined && TRANSITIONS.acknowledge.from.some((from) => from === state);
