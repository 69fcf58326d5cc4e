import type { KnownPerson, Sandbox } from '../environments.ts';
import type { Actor, Person } from '../people.ts';
import type { Run } from '../runs.ts';
import { handsIn } from './approvals.ts';
import { idsOf, isSamePerson, knownAs } from './people.ts';

/** Whoever asked or approved has a wish in the matter, and accepts nothing that a proof has found. */
export const partiesOf = (run: Run): readonly Person[] => [
  ...handsIn(run),
  ...(run.approval === undefined ? [] : [run.approval.by]),
];

/** Whoever answers for the data of the sandbox and neither asked nor approved, each person once. */
export function ownersLeft(
  run: Run,
  { sandbox, people }: { readonly sandbox: Sandbox; readonly people: readonly KnownPerson[] },
): readonly Actor[] {
  const { tenantId } = sandbox.administrator;
  const left: Actor[] = [];
  for (const id of sandbox.dataOwners ?? []) {
    const name = people.find((one) => idsOf(one).includes(id))?.name ?? id;
    const owner = knownAs(people, { id, tenantId, name });
    if (![...partiesOf(run), ...left].some((one) => isSamePerson(owner, one))) left.push(owner);
  }
  return left;
}

/** Whether what was brought holds what a proof has found and somebody has accepted. */
export const hasExceptions = ({ exceptions = [] }: Pick<Run, 'exceptions'>): boolean => exceptions.length > 0;

/**
 * Whether a run is told as one with exceptions: it is about to bring them, has brought them, or had until it was rolled back. One that ended
 * before its switch is not.
 */
export const isWithExceptions = (run: Run): boolean => hasExceptions(run) && isAboutThem(run);

function isAboutThem({ state, swappedAt, targetState }: Run): boolean {
  switch (state) {
    case 'in-progress':
    case 'awaiting-cutover':
    case 'completed':
    case 'signed-off':
      return true;
    case 'failed':
      return swappedAt !== undefined && targetState !== 'old';
    case 'rollback-in-progress':
    case 'rolled-back':
    case 'rollback-failed':
      return swappedAt !== undefined;
    default:
      return false;
  }
}
