import {
  ActivityTypes,
  CardFactory,
  type Activity,
  type BotFrameworkAdapter,
  type CloudAdapter,
  type TurnContext,
} from 'botbuilder';
import { bounded, NoAnswerError } from '../../engine/bounded.ts';
import type { CardAddress } from '../../engine/contracts.ts';
import type { Card } from '../../cards/index.ts';
import { ChatBusyError, MessageGoneError } from '../chat/errors.ts';
import type { ChatPort } from '../chat/port.ts';
import {
  addressOfId,
  conversationOf,
  isChannelItself,
  isSameMembership,
  readAddress,
  referenceOf,
  type TeamsAddress,
} from './address.ts';
import { isNoMember, reasonOf, refused } from './refusals.ts';

export interface TeamsPortParts {
  readonly adapter: CloudAdapter;
  readonly appId: string;
  /** Asked before every message: an address that was stored long ago is no more trusted than one that comes in. */
  readonly isTrustedServiceUrl: (serviceUrl: string) => boolean;
  readonly timeoutMs?: number;
}

/** `botbuilder` names the type only through its former adapter. */
type ConnectorClient = ReturnType<BotFrameworkAdapter['createConnectorClient']>;

const TIMEOUT_MS = 10_000;
const LISTENED_TO = 6;

const silence = (ms: number, late?: Promise<CardAddress>) => new ChatBusyError(`no answer within ${ms} ms`, { late });

/** Sends to Teams' connector, in any process, from nothing but a stored address. */
export function createTeamsPort({
  adapter,
  appId,
  isTrustedServiceUrl,
  timeoutMs = TIMEOUT_MS,
}: TeamsPortParts): ChatPort {
  const send = <Result>(
    address: TeamsAddress,
    deliver: (client: ConnectorClient, options: { readonly abortSignal: AbortSignal }) => Promise<Result>,
    longestMs: number,
  ): Promise<Result> => {
    if (!isTrustedServiceUrl(address.serviceUrl)) return Promise.reject(refused('untrusted'));
    const answered = (abortSignal: AbortSignal) =>
      new Promise<Result>((resolve, reject) => {
        // The adapter hands errors of the callback to its onTurnError, so they are caught inside.
        adapter
          .continueConversationAsync(appId, referenceOf(address), async (context) => {
            await deliver(clientOf(context, adapter), { abortSignal }).then(resolve, reject);
          })
          .catch(reject);
      });
    return bounded(answered, { whom: 'Teams', withinMs: longestMs }).catch((error: unknown) => {
      throw error instanceof NoAnswerError ? silence(longestMs) : error;
    });
  };

  const ownId = `28:${appId}`;
  const nearby = (near: CardAddress | undefined) => (near ? { near: readAddress(near) } : {});

  const ask = (
    to: CardAddress,
    deliver: (
      client: ConnectorClient,
      address: TeamsAddress & { messageId: string },
      options: object,
    ) => Promise<unknown>,
  ): Promise<unknown> => {
    const address = readAddress(to);
    const { messageId } = address;
    if (messageId === undefined) return Promise.reject(new MessageGoneError());
    return send(address, (client, options) => deliver(client, { ...address, messageId }, options), timeoutMs).catch(
      (error: unknown) => {
        throw reasonOf(error, () => new MessageGoneError(error));
      },
    );
  };

  return {
    async postCard(to, card) {
      const address = readAddress(to);
      // Listened to for longer than it is waited for: what was taken late is known, instead of lying there twice.
      const sent = send(
        address,
        (client, options) => post(client, address, messageOf(address, card), options),
        timeoutMs * LISTENED_TO,
      ).catch((error: unknown) => {
        throw reasonOf(error, () => refused('gone', error));
      });
      sent.catch(() => {});
      return bounded(() => sent, { whom: 'Teams', withinMs: timeoutMs }).catch((error: unknown) => {
        throw error instanceof NoAnswerError ? silence(timeoutMs, sent) : error;
      });
    },
    async updateCard(to, card) {
      await ask(to, (client, address, options) =>
        client.conversations.updateActivity(
          address.conversationId,
          address.messageId,
          { ...messageOf(address, card), id: address.messageId },
          options,
        ),
      );
    },
    async deleteMessage(to) {
      await ask(to, (client, address, options) =>
        client.conversations.deleteActivity(address.conversationId, address.messageId, options),
      ).catch((error: unknown) => {
        if (!(error instanceof MessageGoneError)) throw error;
      });
    },
    isPersonal: (address) => readAddress(address).conversationType === 'personal',
    async hasMember(of, personId) {
      const address = readAddress(of);
      let refusal: unknown;
      // A channel that all of a team are in may be known to Teams by the team alone.
      for (const conversation of [conversationOf(address), ...(address.teamId ? [address.teamId] : [])]) {
        try {
          await send(
            address,
            (client, options) => client.conversations.getConversationMember(conversation, personId, options),
            timeoutMs,
          );
          return true;
        } catch (error) {
          if (isNoMember(error)) return false;
          refusal = reasonOf(error, () => refused('gone', error));
          if (refusal instanceof ChatBusyError && !refusal.isOwnFault) throw refusal;
        }
      }
      throw refusal;
    },
    async openPersonal({ id, tenantId }, near) {
      const address = addressOfId('', { tenantId, botId: ownId, ...nearby(near) });
      const bot = { id: address.botId, name: '' };
      // The adapter’s own way takes the conversation for the message, and loses the id of what it has posted.
      const opened = await send(
        address,
        (client, options) =>
          client.conversations.createConversation(
            { isGroup: false, bot, members: [{ id, name: '' }], tenantId, channelData: { tenant: { id: tenantId } } },
            options,
          ),
        timeoutMs,
      ).catch((error: unknown) => {
        throw reasonOf(error, () => refused('gone', error));
      });
      return { ...address, conversationId: opened.id, conversationType: 'personal' };
    },
    addressOfId: (id, tenantId, near) => addressOfId(id, { tenantId, botId: ownId, ...nearby(near) }),
    withoutThread(of) {
      const { messageId: _, ...address } = readAddress(of);
      return { ...address, conversationId: conversationOf(address) };
    },
    conversationOf: (address) => conversationOf(readAddress(address)),
    isSameMembership: (one, other) => isSameMembership(readAddress(one), readAddress(other)),
  };
}

/** In a channel as such, a message is a conversation of its own: its thread. */
async function post(
  client: ConnectorClient,
  address: TeamsAddress,
  activity: Activity,
  options: object,
): Promise<CardAddress> {
  if (!isChannelItself(address)) {
    const { id } = await client.conversations.sendToConversation(address.conversationId, activity, options);
    return { ...address, messageId: id };
  }
  const { conversationId, botId, tenantId } = address;
  const channelData = { channel: { id: conversationId }, tenant: { id: tenantId } };
  const begun = await client.conversations.createConversation(
    { isGroup: true, bot: { id: botId, name: '' }, tenantId, channelData, activity },
    options,
  );
  return { ...address, conversationId: begun.id, messageId: begun.activityId };
}

function clientOf(context: TurnContext, adapter: CloudAdapter): ConnectorClient {
  // CloudAdapterBase.createTurnContext puts it there for every turn, proactive ones too.
  const client: ConnectorClient | undefined = context.turnState.get(adapter.ConnectorClientKey);
  if (!client) throw new TypeError('The adapter made a turn without a connector client');
  return client;
}

function messageOf(address: TeamsAddress, card: Card): Activity {
  const { bot, conversation } = referenceOf(address);
  const message: Partial<Activity> = {
    type: ActivityTypes.Message,
    channelId: address.channelId,
    serviceUrl: address.serviceUrl,
    conversation,
    from: bot,
    attachments: [CardFactory.adaptiveCard(card)],
  };
  // `Activity` demands what the service fills in (id, timestamps); the SDK's own senders pass partial ones as well.
  return message as Activity;
}
