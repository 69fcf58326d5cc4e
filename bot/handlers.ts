import { endsWithin } from '../engine/bounded.ts';
import type { CardAddress, Person } from '../engine/contracts.ts';
import { knownAs } from '../engine/contracts/mayBeDone/index.ts';
import type { ChatReader } from '../engine/journal/reach.ts';
import type { Card } from '../cards/index.ts';
import { answerAction, type ClickAnswer } from './actions/answerAction.ts';
import { createSenderLimit } from './chat/senderLimit.ts';
import type { ChatAction, TypedCommand, ChatHandlers } from './chat/port.ts';
import { answerCommand } from './commands/answerCommand.ts';
import { bringBack } from './notify/bringBack.ts';
import type { BotParts } from './parts.ts';
import { createPersonalChats } from './reach/personalChats.ts';
import { postAnswer } from './outbox.ts';
import { welcome } from './rendering/welcome.ts';

/** Teams waits five seconds for the answer to a click, then shows an error and asks again. */
const ANSWER_WITHIN_MS = 4_000;

/** A message is delivered again when the first delivery was not acknowledged in time. */
const MESSAGES_REMEMBERED = 1_000;

/** What comes in from the chat, on its way to commands and actions; nothing is thrown back at the chat. */
export function createHandlers(parts: BotParts, afterwards: () => void): ChatHandlers {
  const { outbox, renderer, journal, clock, log } = parts;
  const isNew = createMemory(MESSAGES_REMEMBERED);
  const reactionTo = createSenderLimit(clock);
  const chats = createPersonalChats(parts);

  const tooMany = (asked: TypedCommand | ChatAction): Card =>
    renderer.notice(asked, {
      tone: 'refused',
      title: 'That is too much at once',
      text: 'Rewind takes no more messages and clicks of yours until you have slowed down.',
      remedy: 'Wait a minute, then ask once. /status shows what has been asked for so far.',
    });

  /** The message is drawn again for whoever was told to wait, and what it will never show is sent beside it. */
  const followUp = async (action: ChatAction, { row, isForOne, isRepeated, ...answer }: ClickAnswer): Promise<void> => {
    if (isRepeated) return;
    if (row && !answer.shows) await outbox.drawAgain(row.id);
    const { card, shows, isCardOf } = answer;
    if (isForOne || !(row ?? shows)) await postAnswer(parts, action.place, { card, shows: isCardOf });
    afterwards();
  };

  const answerInTime = async (action: ChatAction): Promise<Card> => {
    const answering = answerAction(action, parts);
    if (await endsWithin(ANSWER_WITHIN_MS, answering, clock)) return (await answering).card;
    log.warn('click-answered-late', { verb: action.verb });
    void answering
      .then((answer) => followUp(action, answer))
      .catch((error: unknown) => log.error('answer-not-sent', { verb: action.verb, err: error }));
    return renderer.notice(action, {
      tone: 'info',
      title: 'This takes longer than usual',
      text: 'Your click has arrived and is being worked on. What comes of it follows by itself.',
    });
  };

  /** Whoever speaks to Rewind shows that it is there. */
  const settle = async (address: CardAddress, person: Person | undefined, told?: ChatReader): Promise<void> => {
    const { people } = parts.installation;
    if (person)
      await chats
        .met(knownAs(people, person), address, told)
        .catch((error: unknown) => log.error('chat-not-remembered', { err: error }));
    await bringBack(parts, address).catch((error: unknown) => log.error('chat-not-brought-back', { err: error }));
    afterwards();
  };

  /** With every id that the file knows them by, and where they are. */
  const whoActs = <Sent extends TypedCommand | ChatAction>(sent: Sent) => {
    const way = { kind: 'teams', conversation: sent.place.conversation } as const;
    const isShared = !parts.chat.isPersonal(sent.place.address);
    return { ...sent, isShared, person: { ...knownAs(parts.installation.people, sent.person), way } };
  };

  return {
    async onCommand(received: TypedCommand) {
      const command = whoActs(received);
      if (!isNew(`${command.place.conversation} ${command.activityId}`)) return;
      const reaction = reactionTo(command.person.id);
      if (reaction === 'be-silent') return;
      try {
        const answer = reaction === 'answer' ? await answerCommand(command, parts) : { card: tooMany(command) };
        await postAnswer(parts, command.place, answer);
      } catch (error) {
        log.error('answer-not-sent', { conversation: command.place.conversation, err: error });
      }
      await settle(command.place.address, command.person, command.told);
    },
    async onAction(received) {
      const action = whoActs(received);
      // Every click waits for an answer, so this one is given as often as it takes; nothing is looked up for it.
      if (reactionTo(action.person.id) !== 'answer') return tooMany(action);
      const card = await answerInTime(action);
      // Nobody at the card waits for it.
      void settle(action.place.address, action.person, action.told);
      return card;
    },
    async onAdded(address, person) {
      const conversation = parts.chat.conversationOf(address);
      const picture = welcome(parts, address, person);
      await journal
        .welcomeOnce(conversation, { kind: 'note', conversation, address: parts.chat.withoutThread(address), picture })
        .catch((error: unknown) => log.error('not-welcomed', { err: error }));
      await settle(address, person);
    },
    async onRemoved(address, person) {
      await journal
        .forgetWelcome(parts.chat.conversationOf(address))
        .catch((error: unknown) => log.error('welcome-not-forgotten', { err: error }));
      if (!person) return;
      await chats.left(person, address).catch((error: unknown) => log.error('chat-not-forgotten', { err: error }));
    },
    onStranger: () =>
      renderer.notice(
        { zone: 'UTC', locale: 'en' },
        {
          tone: 'refused',
          title: 'Your account cannot be told apart',
          text: 'This message came without an Entra object id and tenant, so Rewind does not know who asks.',
          remedy: 'Sign in to Teams with your work account and ask again.',
        },
      ),
    async reply(place, card) {
      await postAnswer(parts, place, { card }).catch((error: unknown) => log.error('answer-not-sent', { err: error }));
    },
  };
}

/** Says of each key whether it comes for the first time, as far back as `size` keys. */
function createMemory(size: number): (key: string) => boolean {
  const keys = new Set<string>();
  return (key) => {
    if (keys.has(key)) return false;
    keys.add(key);
    const [oldest] = keys;
    if (keys.size > size && oldest !== undefined) keys.delete(oldest);
    return true;
  };
}
