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

/** The same of what the sandbox holds once the run is over, be it that it has failed behind its switch. */
export const hasBroughtExceptions = (run: Run): boolean =>
  hasExceptions(run) && (isDone(run) || (isFailed(run) && run.swappedAt !== undefined && run.targetState !== 'old'));

const isDone = ({ state }: Run): boolean => state === 'completed' || state === 'signed-off';
const isFailed = ({ state }: Run): boolean => state === 'failed' || state === 'rollback-failed';
