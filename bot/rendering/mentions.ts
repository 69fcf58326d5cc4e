import type { Run } from '../../engine/contracts.ts';
import { hasRoleFor, idsOf, type House } from '../../engine/contracts/mayBeDone/index.ts';
import type { Mention } from '../../cards/index.ts';

/**
 * Whom a card mentions. Teams knows people by their Entra object id as well, and only those can be mentioned who are in the
 * conversation: in a personal chat one, elsewhere those who were found there.
 */
export function mentionsFor(
  run: Run,
  {
    addressee,
    approvers,
    house,
  }: {
    readonly addressee: string | undefined;
    readonly approvers: readonly Mention[];
    readonly house: House | undefined;
  },
): { readonly asked: readonly Mention[]; readonly deciders: readonly Mention[] } {
  const isPersonal = addressee !== undefined && addressee !== 'home';
  const isHere = ({ id }: Mention): boolean => !isPersonal || id === addressee;
  const members = run.told?.find(({ to }) => to === (addressee ?? 'here'))?.members;
  const isKnownThere = ({ id }: Mention): boolean => isPersonal || !members || members.includes(id);
  return {
    asked: approvers.filter((one) => isHere(one) && isKnownThere(one)),
    deciders: house ? deciders(run, house).filter(isHere) : [],
  };
}

/**
 * After a failure: of a run that nobody watches, whoever is on call; else whoever asked, and whoever approved, as long as they may do something about it; where neither may, those
 * who operate the sandbox.
 */
function deciders(run: Run, { sandbox, people }: House): readonly Mention[] {
  const { tenantId } = sandbox.administrator;
  const named = (ids: readonly string[]) => {
    const found = ids.flatMap((id) => {
      const known = people.find((one) => idsOf(one).includes(id));
      if (!known) return [];
      const actor = { id: known.id, tenantId, name: known.name, ids: idsOf(known) };
      return hasRoleFor('roll-back', sandbox, actor) ? [{ id: known.id, name: known.name }] : [];
    });
    return found.filter((one, n) => found.findIndex(({ id }) => id === one.id) === n);
  };
  const onCall = run.scheduled ? sandbox.schedules?.onCall : undefined;
  const called = onCall === undefined ? [] : named([onCall]);
  if (called.length > 0) return called;
  const asked = named([run.requestedBy.id, ...(run.approval ? [run.approval.by.id] : [])]);
  return asked.length > 0 ? asked : named([...(sandbox.operators ?? []), ...(sandbox.administrators ?? [])]);
}
