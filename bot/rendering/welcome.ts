import type { Actor, CardAddress, KnownPerson, Person } from '../../engine/contracts.ts';
import { idsOf, knownAs } from '../../engine/contracts/mayBeDone/index.ts';
import { welcomeCard, type Card } from '../../cards/index.ts';
import type { BotParts } from '../parts.ts';
import { isAllowed } from './access.ts';
import { rightsOf } from './rights.ts';

/** The first words in a chat. Who may what is said in a personal one alone: elsewhere, anybody may read it. */
export function welcome(
  { installation, chat, renderer }: Pick<BotParts, 'installation' | 'chat' | 'renderer'>,
  address: CardAddress,
  person: Person | undefined,
): Card {
  const isPersonal = chat.isPersonal(address);
  const actor = isPersonal && person ? knownAs(installation.people, person) : undefined;
  const own = installation.sandboxes.filter((one) => !actor || isAllowed(one, actor, 'draft'));
  return welcomeCard({
    ...renderer.readership({ zone: 'UTC', locale: 'en' }),
    where: isPersonal ? 'personal' : 'shared',
    ...(actor ? { name: nameOf(installation.people, actor), id: actor.id } : {}),
    rights: actor ? rightsOf({ installation }, actor) : [],
    mayAsk: own.length > 0,
    example: own[0]?.name ?? installation.sandboxes[0]?.name ?? 'uat',
  });
}

/** As the file calls them: what tells of an installation often names nobody. */
const nameOf = (people: readonly KnownPerson[], { id, name }: Actor): string =>
  people.find((one) => idsOf(one).includes(id))?.name ?? name;
