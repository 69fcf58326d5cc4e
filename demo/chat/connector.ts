import { z } from 'zod';
import { PEOPLE, TENANT_ID, type DemoPerson } from '../people.ts';
import { addressOf, REWIND, type Content, type Conversation, type Conversations } from './conversations.ts';

export interface ConnectorRequest {
  readonly method: string;
  /** As it came: encoded, and without what the service URL says. */
  readonly path: string;
  readonly body: unknown;
}

export interface ConnectorAnswer {
  readonly status: number;
  readonly body: unknown;
}

const mention = z.looseObject({ type: z.string(), mentioned: z.looseObject({ id: z.string() }).optional() });
const cardSchema = z.looseObject({ msteams: z.looseObject({ entities: z.array(mention).optional() }).optional() });
const activitySchema = z.looseObject({
  type: z.string().default('message'),
  text: z.string().nullish(),
  attachments: z.array(z.looseObject({ contentType: z.string(), content: z.unknown().optional() })).nullish(),
  entities: z.array(mention).nullish(),
});
const openingSchema = z.looseObject({
  tenantId: z.string().optional(),
  members: z.array(z.looseObject({ id: z.string() })).nullish(),
  channelData: z
    .looseObject({
      channel: z.looseObject({ id: z.string() }).optional(),
      tenant: z.looseObject({ id: z.string() }).optional(),
    })
    .nullish(),
  activity: activitySchema.nullish(),
});

const CARD = 'application/vnd.microsoft.card.adaptive';

/**
 * The Bot Framework connector's REST, as far as the SDK and Rewind call it: messages are sent, replaced and taken back,
 * conversations opened, members asked for, and all of it refused as Teams refuses it (Microsoft's "Bot Connector REST API").
 */
export function answerConnector(conversations: Conversations, request: ConnectorRequest): ConnectorAnswer {
  const [version, collection, address, part, id, ...more] = request.path.split('/').slice(1).map(decode);
  if (version !== 'v3' || collection !== 'conversations' || more.length > 0) return refusal(404, 'NotFound');
  const route = [request.method, part, id === undefined ? undefined : ':id'].filter(Boolean).join(' ');
  if (address === undefined) return route === 'POST' ? open(conversations, request.body) : refusal(405, 'BadMethod');
  const conversation = conversations.find(address);
  if (!conversation) return refusal(404, 'ConversationNotFound');
  if (!conversation.isInstalled) return absent(conversation);
  switch (route) {
    case 'POST activities':
    case 'POST activities :id':
      return post(conversations, address, request.body);
    case 'PUT activities :id':
      return update(conversations, conversation, id ?? '', request.body);
    case 'DELETE activities :id':
      return isThere(conversations, conversation, id ?? '') && conversations.remove(id ?? '')
        ? { status: 200, body: {} }
        : refusal(404, 'ActivityNotFoundInConversation');
    case 'GET members':
      return { status: 200, body: membersOf(conversation) };
    case 'GET members :id': {
      const member = membersOf(conversation).find((one) => [one.id, one.aadObjectId].includes(id ?? ''));
      return member ? { status: 200, body: member } : refusal(404, 'MemberNotFoundInConversation');
    }
    case 'GET pagedmembers':
      return { status: 200, body: { members: membersOf(conversation) } };
    default:
      return refusal(404, 'NotFound');
  }
}

/** `POST /v3/conversations`: a post in a channel, or the personal chat with one person. */
function open(conversations: Conversations, body: unknown): ConnectorAnswer {
  const parsed = openingSchema.safeParse(body);
  if (!parsed.success) return refusal(400, 'BadSyntax');
  const { tenantId, members, channelData, activity } = parsed.data;
  if (channelData?.channel) {
    const channel = conversations.find(channelData.channel.id);
    if (!channel || channel.kind !== 'channel' || !channel.isInstalled)
      return refusal(403, 'BotNotInConversationRoster');
    const message = activity && conversations.post(channel.id, REWIND, contentOf(activity));
    return message
      ? { status: 201, body: { id: addressOf(message), activityId: message.id } }
      : refusal(400, 'BadSyntax');
  }
  const person = personOf(members?.[0]?.id ?? '');
  const personal = person && conversations.personalOf(person.id);
  if (!personal || (tenantId ?? channelData?.tenant?.id) !== TENANT_ID) return refusal(400, 'BadSyntax');
  if (!personal.isInstalled) return absent(personal);
  const message = activity && conversations.post(personal.id, REWIND, contentOf(activity));
  return { status: 201, body: { id: personal.id, ...(message && { activityId: message.id }) } };
}

function post(conversations: Conversations, address: string, body: unknown): ConnectorAnswer {
  const activity = activitySchema.safeParse(body);
  if (!activity.success) return refusal(400, 'BadSyntax');
  // "Is typing" and the like leave nothing behind.
  if (activity.data.type !== 'message') return { status: 201, body: { id: '' } };
  const message = conversations.post(address, REWIND, contentOf(activity.data));
  return message ? { status: 201, body: { id: message.id } } : refusal(404, 'ConversationNotFound');
}

function update(conversations: Conversations, conversation: Conversation, id: string, body: unknown): ConnectorAnswer {
  const activity = activitySchema.safeParse(body);
  if (!activity.success) return refusal(400, 'BadSyntax');
  return isThere(conversations, conversation, id) && conversations.update(id, contentOf(activity.data))
    ? { status: 200, body: { id } }
    : refusal(404, 'ActivityNotFoundInConversation');
}

/** A bot changes what it has said itself, nothing else. */
function isThere(conversations: Conversations, conversation: Conversation, id: string): boolean {
  const message = conversations.message(id);
  return message?.conversation === conversation.id && message.from === REWIND;
}

function contentOf({ text, attachments, entities }: z.infer<typeof activitySchema>): Content {
  const card = attachments?.find(({ contentType }) => contentType === CARD)?.content;
  const mentions = [...(entities ?? []), ...(cardSchema.safeParse(card).data?.msteams?.entities ?? [])]
    .filter(({ type }) => type === 'mention')
    .flatMap(({ mentioned }) => personOf(mentioned?.id ?? '')?.id ?? []);
  return { text: text ?? '', ...(card !== undefined && { card }), mentions: [...new Set(mentions)] };
}

/** Known by the chat's own id and by that of the directory. */
function personOf(id: string): DemoPerson | undefined {
  return PEOPLE.find((person) => person.id === id || person.aadObjectId === id);
}

function membersOf({ members }: Conversation) {
  return PEOPLE.filter(({ id }) => members.includes(id)).map(({ id, name, aadObjectId }) => ({
    id,
    name,
    aadObjectId,
    tenantId: TENANT_ID,
    userRole: 'user',
  }));
}

/** How Teams says that Rewind is not installed there. */
function absent({ kind }: Conversation): ConnectorAnswer {
  return refusal(403, kind === 'personal' ? 'ForbiddenOperationException' : 'BotNotInConversationRoster');
}

function refusal(status: number, code: string): ConnectorAnswer {
  return { status, body: { error: { code, message: code } } };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
