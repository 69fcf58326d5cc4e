import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../../bot/commands/index.ts';
import { commandMeant } from '../../bot/commands/otherWords.ts';
import { aiko, anInstallation, jonas, lars, mira } from './builders.ts';
import { ELSEWHERE, GROUP, openTestChat, stateOf, textOf, verbsOf, type TestChat } from './testChat.ts';

let chat: TestChat;
beforeAll(async () => {
  chat = await openTestChat();
});
afterEach(() => {
  for (const { name } of anInstallation().sandboxes) chat.sandbox(name, {});
});
afterAll(() => chat.close());

const personal = { conversation: { id: ELSEWHERE, tenantId: jonas.tenantId, conversationType: 'personal' } };
const say = async (text: string, person = jonas, more = {}) => textOf((await chat.say(person, text, more)).card);

const names = COMMANDS.map(({ name }) => name);

test.each([
  ['schedul', 'schedule'],
  ['zeitplan', 'schedule'],
  ['termine', 'schedules'],
  ['refersh', 'refresh'],
  ['Auffrischen', 'refresh'],
  ['aktualisiren', 'refresh'],
  ['verlauf', 'history'],
  ['zurückrollen', 'rollback'],
  ['Übersicht', 'status'],
  ['hilfe', 'help'],
  ['refreshuat', 'refresh'],
  ['approve', 'status'],
  ['genehmigen', 'status'],
  ['constructor', undefined],
  ['__proto__', undefined],
  ['banana', undefined],
])('a word that is no command › %s is taken for %s', (typed, meant) => {
  expect(commandMeant(typed, names)).toBe(meant);
});

test.each([
  ['refersh uat latest', 'Did you mean “/refresh uat latest”?'],
  ['/auffrischen uat', 'Did you mean “/refresh uat”?'],
  ['refreshuat latest', 'Did you mean “/refresh uat latest”?'],
  ['approve R-1007', 'Did you mean “/status R-1007”?'],
  ['who am i', 'Did you mean “/whoami”?'],
])('a line › “%s” is answered with what it may mean, and nothing is done', async (text, hint) => {
  const before = (await chat.journal.runs({})).length;
  expect(await say(text)).toContain(hint);
  expect(await chat.journal.runs({})).toHaveLength(before);
});

test('a sandbox that is called like a run without its hyphen › is meant by its name', async () => {
  chat.sandbox('uat', { name: 'r1', title: 'Round 1' });
  expect(await say('/status r1')).toContain('Round 1');
  expect(await say('/status R2')).toContain('run-not-found');
});

test('a greeting › is answered with what can be typed, and corrected in nothing', async () => {
  const answer = await say('hallo');
  expect(answer).toContain('/refresh uat');
  expect(answer).not.toContain('is not a command');
});

test('a line › that means nothing near is answered with what can be typed, and with no guess', async () => {
  const answer = await say('banana split');
  expect(answer).toContain('“banana split” is not a command here');
  expect(answer).not.toContain('Did you mean');
});

test.each([
  ['u'.repeat(600), 'That is too long for a command', '512 characters'],
  ['🙈 !!! …', 'There is no word in that', 'letters and numbers'],
  ['\u200b\u200b', 'There is no word in that', 'letters and numbers'],
])('a message › that cannot be read says so: %j', async (text, title, why) => {
  const answer = await say(text);
  expect(answer).toContain(title);
  expect(answer).toContain(why);
});

test.each(['/refresh prod', '/refresh PROD latest', '/history prod', '/home prod'])(
  'production › is never replaced, and “%s” says so',
  async (text) => {
    const answer = await say(text, mira);
    expect(answer).toContain('PROD is production, and production is never replaced');
    expect(answer).toContain('Name the sandbox that is to be replaced: uat or test.');
    expect(answer).toContain('production-target');
  },
);

test('a sandbox › that is spelt almost so is named, and nothing else is', async () => {
  expect(await say('/refresh uta')).toContain('Did you mean uat? Sandboxes: uat, test.');
  expect(await say('/refresh nowhere')).not.toContain('Did you mean');
});

test('help › shows what its reader may do, and names the rest', async () => {
  const [of, ofNobody] = [await say('/help', mira), await say('/help', lars)];
  for (const { usages } of COMMANDS) for (const { usage } of usages) expect(of).toContain(usage);
  expect(ofNobody).not.toContain('/refresh uat');
  expect(ofNobody).toContain('You may use /refresh, /status, /history, /logs, /rollback, /stop, /signoff, /schedule,');
  chat.sandbox('uat', { viewers: [lars.id] });
  const viewing = await say('/help', lars);
  expect(viewing).toContain('/history uat');
  expect(viewing).toContain(
    'You may use /refresh, /rollback, /stop, /signoff, /freeze, /home, /reserve, /withdraw on none',
  );
});

test('help › leaves out in a personal chat what is of no use there', async () => {
  expect(await say('/help', mira)).toContain('/home uat');
  expect(await say('/help', mira, personal)).not.toContain('/home');
});

test('whoami › says what somebody may do where, who may approve, and their own id where nobody else reads it', async () => {
  const answer = await say('/whoami', mira, personal);
  expect(answer).toContain('What Mira Petrova may do');
  expect(answer).toContain(
    'UAT | You may ask for a refresh, approve what others ask for, stop, switch, roll back and sign off, schedule refreshes, reserve it, freeze it, choose its home.',
  );
  expect(answer).toContain('Approve: Mira Petrova, Aiko Tanaka');
  expect(answer).toContain(mira.id);
  expect(await say('/whoami', mira)).not.toContain(mira.id);
  expect(await say('/whoami', lars)).toContain('You have no role for any sandbox yet');
});

test('whoami and status › follow the file', async () => {
  chat.sandbox('uat', { viewers: [lars.id], operators: [lars.id], administrators: [aiko.id] });
  expect(await say('/whoami', lars)).toContain('You may stop, switch, roll back and sign off, reserve it.');
  expect(await say('/status', jonas)).toContain(
    'You may ask for a refresh, schedule refreshes, reserve it. Approve: Mira Petrova, Aiko Tanaka',
  );
  chat.sandbox('uat', { viewers: [lars.id] });
  expect(await say('/whoami', lars)).toContain('You may look at its runs.');
});

function added(conversation: string, type: string, person = jonas, more: Record<string, unknown> = {}) {
  return {
    ...{ id: `added-${conversation}`, channelId: 'msteams', serviceUrl: chat.connector.url, localTimezone: 'UTC' },
    ...{ recipient: { id: '28:bot', name: 'Rewind' }, channelData: { tenant: { id: jonas.tenantId } } },
    from: { id: `29:${person.id}`, aadObjectId: person.id },
    conversation: { id: conversation, tenantId: jonas.tenantId, conversationType: type },
    ...more,
  };
}
const install = { type: 'installationUpdate', action: 'add' };
const remove = { type: 'installationUpdate', action: 'remove' };
const join = { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] };

const heard = (conversation: string) =>
  chat.connector.messages.filter((one) => one.conversation.startsWith(conversation) && stateOf(one) === 'Hello');
const saysHello = (conversation: string, times = 1) =>
  chat.connector.until(() => heard(conversation).length === times, `${conversation} is greeted`);

test('the first words › are said once, whatever Teams sends at an installation, and again after a removal', async () => {
  const conversation = 'a:once';
  const all = [install, join, install, join].map((one) => chat.post(added(conversation, 'personal', jonas, one)));
  await Promise.all(all);
  await saysHello(conversation);
  await chat.restart();
  await chat.post(added(conversation, 'personal', jonas, install));
  await chat.say(jonas, '/status', { conversation: added(conversation, 'personal').conversation });
  expect(heard(conversation)).toHaveLength(1);
  await chat.post(added(conversation, 'personal', jonas, remove));
  await chat.post(added(conversation, 'personal', jonas, install));
  await saysHello(conversation, 2);
});

test.each([
  ['somebody who asks', jonas, ['for Jonas Weber', 'You may ask for a refresh', 'Type refresh uat'], true],
  ['somebody who approves', aiko, ['You may approve what others ask for', 'Rewind writes here when'], false],
  ['somebody without a role', lars, ['You have no role', lars.id, 'Send your Entra object id'], false],
] as const)('the first words › to %s say what they may do and what to do next', async (_, person, hints, mayAsk) => {
  const conversation = `a:${person.id}`;
  await chat.post(added(conversation, 'personal', person, install));
  await saysHello(conversation);
  const [card] = heard(conversation);
  for (const hint of hints) expect(textOf(card?.card)).toContain(hint);
  expect(verbsOf(card?.card).includes('refresh-target')).toBe(mayAsk);
});

test.each([
  [GROUP, 'groupChat'],
  ['19:new@thread.tacv2', 'channel'],
])(
  'the first words › in %s are for everybody there, and say of nobody who they are or what they may do',
  async (conversation, type) => {
    await chat.post(added(conversation, type, lars, install));
    await saysHello(conversation);
    const text = textOf(heard(conversation)[0]?.card);
    expect(text).toContain('Rewind reads only what mentions it');
    expect(text).not.toMatch(/UAT|Mira Petrova/);
    expect(text).toContain('type home uat');
    expect(text).not.toContain(lars.id);
  },
);
