import { beforeEach, expect, test } from 'vitest';
import { answerConnector, type ConnectorAnswer } from '../../../demo/chat/connector.ts';
import { createConversations, REWIND, type Conversations } from '../../../demo/chat/conversations.ts';
import { JONAS, MIRA, PEOPLE, TEAM, TENANT_ID } from '../../../demo/people.ts';
import { systemClock } from '../../../engine/clock.ts';
import { cardMessage } from './chatWithBot.ts';

let conversations: Conversations;
beforeEach(() => {
  conversations = createConversations(systemClock);
});

const ask = (method: string, path: string, body?: unknown): ConnectorAnswer =>
  answerConnector(conversations, { method, path, body });
const codeOf = ({ status, body }: ConnectorAnswer) => [status, (body as { error?: { code: string } }).error?.code];
const idOf = ({ body }: ConnectorAnswer) => (body as { id: string }).id;
const inChannel = `/v3/conversations/${encodeURIComponent(TEAM.channel.id)}`;
const personalOf = (id: string) => ({ members: [{ id }], tenantId: TENANT_ID, isGroup: false });

test('a message › is sent, replaced for everybody and taken back', () => {
  const id = idOf(ask('POST', `${inChannel}/activities`, cardMessage({ type: 'TextBlock', text: 'one' })));
  conversations.showTo(id, JONAS.id, { type: 'AdaptiveCard' });
  expect(ask('PUT', `${inChannel}/activities/${id}`, cardMessage({ type: 'TextBlock', text: 'two' })).status).toBe(200);
  expect(conversations.message(id)).toMatchObject({
    from: REWIND,
    thread: id,
    isUpdated: true,
    shownTo: {},
    card: { body: [{ text: 'two' }] },
  });
  expect(ask('DELETE', `${inChannel}/activities/${id}`).status).toBe(200);
  expect(conversations.messages()).toEqual([]);
  expect(codeOf(ask('PUT', `${inChannel}/activities/${id}`, cardMessage()))).toEqual([
    404,
    'ActivityNotFoundInConversation',
  ]);
  expect(codeOf(ask('DELETE', `${inChannel}/activities/${id}`))).toEqual([404, 'ActivityNotFoundInConversation']);
});

test('a reply › lies in its thread, and nowhere when there is no such post', () => {
  const post = conversations.post(TEAM.channel.id, JONAS.id, { text: '@Rewind /status', mentions: [] });
  const thread = encodeURIComponent(`${TEAM.channel.id};messageid=${post?.id}`);
  const reply = idOf(ask('POST', `/v3/conversations/${thread}/activities/made-up`, cardMessage()));
  expect(conversations.message(reply)).toMatchObject({ conversation: TEAM.channel.id, thread: post?.id });
  const elsewhere = encodeURIComponent(`${TEAM.channel.id};messageid=1`);
  expect(codeOf(ask('POST', `/v3/conversations/${elsewhere}/activities`, cardMessage()))).toEqual([
    404,
    'ConversationNotFound',
  ]);
});

test('a bot › neither changes nor takes back what somebody else has said', () => {
  const said = conversations.post(TEAM.channel.id, JONAS.id, { text: 'hello', mentions: [] });
  expect(ask('PUT', `${inChannel}/activities/${said?.id}`, cardMessage()).status).toBe(404);
  expect(ask('DELETE', `${inChannel}/activities/${said?.id}`).status).toBe(404);
});

test('a mention › is known by either id of the person, in a card and in a text', () => {
  const mention = (id: string) => ({ type: 'mention', text: '<at>x</at>', mentioned: { id, name: 'x' } });
  const message = cardMessage();
  Object.assign(message.attachments[0]?.content ?? {}, { msteams: { entities: [mention(MIRA.aadObjectId)] } });
  const id = idOf(
    ask('POST', `${inChannel}/activities`, { ...message, entities: [mention(JONAS.id), mention('29:nobody')] }),
  );
  expect(conversations.message(id)?.mentions).toEqual([JONAS.id, MIRA.id]);
});

test('a personal chat › is opened by either id, in this tenant alone', () => {
  const opened = ask('POST', '/v3/conversations', personalOf(MIRA.aadObjectId));
  expect(opened).toEqual({ status: 201, body: { id: conversations.personalOf(MIRA.id)?.id } });
  expect(ask('POST', '/v3/conversations', personalOf(MIRA.id))).toEqual(opened);
  expect(codeOf(ask('POST', '/v3/conversations', personalOf('29:nobody')))).toEqual([400, 'BadSyntax']);
  const foreign = { ...personalOf(MIRA.id), tenantId: 'another' };
  expect(codeOf(ask('POST', '/v3/conversations', foreign))).toEqual([400, 'BadSyntax']);
});

test('a post in a channel › is a conversation of its own', () => {
  const channelData = { channel: { id: TEAM.channel.id }, tenant: { id: TENANT_ID } };
  const { status, body } = ask('POST', '/v3/conversations', { isGroup: true, channelData, activity: cardMessage() });
  const [message] = conversations.messages();
  expect([status, body]).toEqual([201, { id: `${TEAM.channel.id};messageid=${message?.id}`, activityId: message?.id }]);
  const elsewhere = { ...channelData, channel: { id: '19:other@thread.tacv2' } };
  expect(codeOf(ask('POST', '/v3/conversations', { channelData: elsewhere, activity: cardMessage() }))).toEqual([
    403,
    'BotNotInConversationRoster',
  ]);
});

test('a conversation › that Rewind is not installed in refuses everything', () => {
  const personal = conversations.personalOf(MIRA.id)?.id ?? '';
  const id = idOf(ask('POST', `${inChannel}/activities`, cardMessage()));
  conversations.install(personal, false);
  conversations.install(TEAM.channel.id, false);
  const roster = [403, 'BotNotInConversationRoster'];
  expect(codeOf(ask('POST', `${inChannel}/activities`, cardMessage()))).toEqual(roster);
  expect(codeOf(ask('PUT', `${inChannel}/activities/${id}`, cardMessage()))).toEqual(roster);
  expect(codeOf(ask('GET', `${inChannel}/members`))).toEqual(roster);
  const forbidden = [403, 'ForbiddenOperationException'];
  expect(codeOf(ask('POST', '/v3/conversations', personalOf(MIRA.id)))).toEqual(forbidden);
  expect(codeOf(ask('POST', `/v3/conversations/${personal}/activities`, cardMessage()))).toEqual(forbidden);
});

test('the members › are those of the conversation, asked for together or by either id', () => {
  expect((ask('GET', `${inChannel}/members`).body as object[]).length).toBe(PEOPLE.length);
  expect(ask('GET', `${inChannel}/pagedmembers`).body).toEqual({ members: ask('GET', `${inChannel}/members`).body });
  const jonas = { id: JONAS.id, aadObjectId: JONAS.aadObjectId, name: JONAS.name, tenantId: TENANT_ID };
  expect(ask('GET', `${inChannel}/members/${JONAS.aadObjectId}`)).toMatchObject({ status: 200, body: jonas });
  const personal = `/v3/conversations/${conversations.personalOf(MIRA.id)?.id}`;
  expect(codeOf(ask('GET', `${personal}/members/${JONAS.id}`))).toEqual([404, 'MemberNotFoundInConversation']);
});

test('what is no route, no conversation or no activity › is refused', () => {
  expect(codeOf(ask('GET', '/v3/elsewhere'))).toEqual([404, 'NotFound']);
  expect(codeOf(ask('GET', '/v3/conversations'))).toEqual([405, 'BadMethod']);
  expect(codeOf(ask('PATCH', `${inChannel}/activities/1`))).toEqual([404, 'NotFound']);
  expect(codeOf(ask('POST', '/v3/conversations/%zz/activities', cardMessage()))).toEqual([404, 'ConversationNotFound']);
  expect(codeOf(ask('POST', `${inChannel}/activities`, 'text'))).toEqual([400, 'BadSyntax']);
  expect(ask('POST', `${inChannel}/activities`, { type: 'typing' }).status).toBe(201);
  expect(conversations.messages()).toEqual([]);
});
