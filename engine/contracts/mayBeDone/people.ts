import type { KnownPerson, Sandbox } from '../environments.ts';
import type { Actor, Person } from '../people.ts';
import type { Run } from '../runs.ts';

/** Everybody who had a hand in the plan: asked, chose its moment or confirmed it, here or in the run it was planned again from. */
export const shapersOf = (run: Run): readonly Person[] => run.shapedBy ?? [run.requestedBy];

/** As it is recorded: without what the file of the day says about them. */
export function personOf({ id, tenantId, name, way }: Actor): Person {
  return { id, tenantId, name, ...(way ? { way } : {}) };
}

/** With one more; a person who came by another account is named once more, because that account is no second person either. */
export function withShaper(run: Run, actor: Actor): readonly Person[] {
  const person = personOf(actor);
  const isKnown = shapersOf(run).some((one) => one.id === person.id && accountOf(one) === accountOf(person));
  return isKnown ? shapersOf(run) : [...shapersOf(run), person];
}

/** The same person as the file knows them, with all of their ids. */
export function knownAs(people: readonly KnownPerson[], person: Person): Actor {
  const known = people.find((one) => idsOf(one).includes(person.id));
  return known ? { ...person, ids: idsOf(known) } : person;
}

export const idsOf = ({ id, ids = [] }: KnownPerson): readonly string[] => [id, ...ids];

/** All ids that somebody may come by, the first one first. */
export const idsOfActor = ({ id, ids = [] }: Actor): readonly string[] => [...new Set([id, ...ids])];

export const isSamePerson = (actor: Actor, { id }: Pick<Person, 'id'>): boolean =>
  actor.id === id || actor.ids?.includes(id) === true;

/** The account of a machine that somebody acted with; undefined in Teams. */
export const accountOf = ({ way }: Person): string | undefined => (way?.kind === 'terminal' ? way.account : undefined);

/** Whoever may approve and is none of the shapers, each person once; without `but`, who is about to become one. */
export function approversLeft(
  shapers: readonly Person[],
  { sandbox, people }: { readonly sandbox: Sandbox; readonly people: readonly KnownPerson[] },
  but?: Actor,
): readonly Actor[] {
  const { tenantId } = sandbox.administrator;
  const left: Actor[] = [];
  for (const id of sandbox.approvers) {
    const name = people.find((one) => idsOf(one).includes(id))?.name ?? id;
    const approver = knownAs(people, { id, tenantId, name });
    const isTaken = [...shapers, ...left, ...(but ? [but] : [])].some((one) => isSamePerson(approver, one));
    if (!isTaken) left.push(approver);
  }
  return left;
}
