import type { Sandbox } from '../../engine/contracts.ts';
import { personOf } from '../../engine/contracts/mayBeDone/index.ts';
import type { Home } from '../../engine/journal/reach.ts';
import { authorise } from '../../engine/journal/authority.ts';
import type { Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { defineCommand } from './command.ts';
import { HomeInFileError, NameMissingError, PersonalHomeError } from './errors.ts';

/** Where requests for a sandbox are brought that were made in a personal chat: chosen there, by an approver or administrator. */
export const home = defineCommand({
  name: 'home',
  description: 'Bring requests from personal chats here, to be approved',
  needs: 'home',
  isShared: true,
  usages: [
    {
      usage: '/home uat',
      does: 'Make this channel or group chat the home of UAT: requests from personal chats are brought here',
    },
  ],
  async run(request, parts) {
    const { desk, journal, chat, renderer, log } = parts;
    if (request.rest === '') throw new NameMissingError('home', 'uat', { takesRuns: false });
    const sandbox = desk.sandbox(request.rest.toLowerCase());
    authorise(sandbox, request.person, 'home');
    if (sandbox.approvals?.channel !== undefined) throw new HomeInFileError(sandbox.title);
    if (chat.isPersonal(request.place.address)) throw new PersonalHomeError(sandbox.name);
    const { conversation } = request.place;
    const address = chat.withoutThread(request.place.address);
    const chosen = { conversation, address, chosenBy: personOf(request.person) };
    const { isNew } = await journal.chooseHome(sandbox.name, chosen, (former) =>
      farewell(parts, sandbox, request, former),
    );
    log.info('home-chosen', { target: sandbox.name, isNew });
    return { card: renderer.notice(request, wordsOf(sandbox, isNew)) };
  },
});

const wordsOf = ({ title, name }: Sandbox, isNew: boolean) => ({
  tone: 'info' as const,
  title: isNew ? `This is the home of ${title} from now on` : `This is the home of ${title} already`,
  text: `A request for ${title} that is made in a personal chat is brought here to be approved, and how it ends is told here as well. Approvers who are not here are asked in their personal chats.`,
  remedy: `Type /home ${name} in another channel or group chat to move it there.`,
});

function farewell({ renderer }: Pick<BotParts, 'renderer'>, { title, name }: Sandbox, by: Audience, former: Home) {
  const { conversation, address } = former;
  const picture = renderer.notice(
    { zone: 'UTC', locale: 'en' },
    {
      tone: 'info',
      title: `This is no longer the home of ${title}`,
      text: `${by.person.name} has chosen another channel or group chat for it. Requests that are here already stay, and follow their runs.`,
      remedy: `Whoever may approve for ${title}, or administers it, can type /home ${name} here to bring it back.`,
    },
  );
  return { kind: 'note', conversation, address, picture } as const;
}
