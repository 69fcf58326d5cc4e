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
import { ChatBusyError, ChatRefusedError, MessageGoneError } from '../chat/errors.ts';
import type { ChatPort } from '../chat/port.ts';
import { conversationOf, isSameMembership, readAddress, referenceOf, type TeamsAddress } from './address.ts';

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
    if (!isTrustedServiceUrl(address.serviceUrl))
      return Promise.reject(new ChatRefusedError('its address is not one of Teams'));
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
        (client, options) =>
          client.conversations.sendToConversation(address.conversationId, messageOf(address, card), options),
        timeoutMs * LISTENED_TO,
      ).then(
        ({ id }): CardAddress => ({ ...address, messageId: id }),
        (error: unknown) => {
          throw reasonOf(error, () => new ChatRefusedError('it no longer exists', error));
        },
      );
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
    conversationOf: (address) => conversationOf(readAddress(address)),
    isSameMembership: (one, other) => isSameMembership(readAddress(one), readAddress(other)),
  };
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

/** What a refusal of the connector means for the message. */
function reasonOf(error: unknown, whenMissing: () => Error): Error {
  if (error instanceof ChatBusyError || error instanceof ChatRefusedError) return error;
  const { statusCode, headers } = responseOf(error);
  if (statusCode === 404) return whenMissing();
  if (statusCode === 403) return new ChatRefusedError('Rewind was removed or blocked', error);
  const retryAfter = Number(headers?.get('retry-after') ?? Number.NaN);
  return new ChatBusyError(statusCode === undefined ? 'it cannot be reached' : `status ${statusCode}`, {
    retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined,
    isRefusal: statusCode !== undefined && statusCode < 500,
    isOwnFault: statusCode !== undefined && statusCode >= 400 && statusCode < 500 && !PASSING.has(statusCode),
    cause: error,
  });
}

/** Answers below 500 that say something about the moment, or about Rewind's own sign-in, and nothing about the address. */
const PASSING: ReadonlySet<number> = new Set([401, 408, 409, 412, 429]);

interface ErrorResponse {
  readonly statusCode?: number;
  readonly headers?: { get(name: string): string | undefined | null };
}

/** The SDK's RestError keeps the status on itself and the headers on its response. */
function responseOf(error: unknown): ErrorResponse {
  if (typeof error !== 'object' || error === null) return {};
  const statusCode = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
  const response = 'response' in error && typeof error.response === 'object' ? error.response : undefined;
  const headers = response && 'headers' in response ? (response.headers as ErrorResponse['headers']) : undefined;
  return { statusCode, headers };
}
