import { expect, test } from 'vitest';
import { checkTenant, inspectBody, inspectToken } from '../../bot/http/gate.ts';
import { createTokenBucket } from '../../bot/http/tokenBucket.ts';
import { loopbackTrust } from '../../bot/trust/loopbackTrust.ts';
import { teamsTrust } from '../../bot/trust/teamsTrust.ts';

const botAppId = '11111111-2222-4333-8444-555555555555';
const tenantId = '99999999-8888-4777-8666-555555555555';
const foreignTenant = '00000000-1111-4222-8333-444444444444';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const trust = teamsTrust({ botAppId, tenantId, credential: { kind: 'secret', secret: 'correct horse' } });

/** Nothing is verified here, so a token is what it says. */
function aToken(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): string {
  const good = { iss: 'https://api.botframework.com', aud: botAppId, serviceurl: serviceUrl, exp: 4_102_444_800 };
  const parts = [
    { alg: 'RS256', kid: 'k', ...header },
    { ...good, ...claims },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  return `Bearer ${[...parts, 'signature'].join('.')}`;
}

function anActivity(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'message',
    id: '1',
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:ann', aadObjectId: foreignTenant },
    recipient: { id: '28:bot' },
    conversation: { id: '19:abc@thread.tacv2', tenantId },
    channelData: { tenant: { id: tenantId } },
    text: '/refresh uat',
    ...changes,
  };
}

function outcome(authorization: string | undefined, body: unknown): string {
  try {
    checkTenant(inspectBody(body, inspectToken(authorization, trust), trust), tenantId);
    return 'passed';
  } catch (error) {
    return error instanceof Error && 'status' in error
      ? `${String(error.status)} ${error.message}`
      : `threw ${String(error)}`;
  }
}

test('the gate › lets an activity of Teams through', () => {
  expect(outcome(aToken(), anActivity())).toBe('passed');
  expect(outcome(aToken({ tid: tenantId }), anActivity())).toBe('passed');
  expect(outcome(aToken(), anActivity({ channelData: undefined }))).toBe('passed');
});

test('the gate › refuses tokens before anything else sees them', () => {
  const cases: [string | undefined, string][] = [
    [undefined, '401 no bearer token'],
    ['', '401 no bearer token'],
    ['Bearer', '401 no bearer token'],
    ['Basic YWxhZGRpbg==', '401 no bearer token'],
    [`bearer ${aToken().slice(7)}`, '401 no bearer token'],
    [`${aToken()} more`, '401 no bearer token'],
    ['Bearer a.b.c', '401 token that cannot be read'],
    [aToken({ iss: 'https://sts.windows.net/x/' }), '401 token of another issuer'],
    [
      aToken({ iss: `https://login.microsoftonline.com/${foreignTenant}/v2.0`, appid: botAppId }),
      '401 token of another issuer',
    ],
    [aToken({ iss: ['https://api.botframework.com'] }), '401 token that cannot be read'],
    [aToken({ aud: foreignTenant }), '401 token for another audience'],
    [aToken({ aud: [botAppId] }), '401 token that cannot be read'],
    [aToken({ tid: foreignTenant }), '401 token of another tenant'],
    [aToken({ serviceurl: undefined }), '401 token that cannot be read'],
    [aToken({ exp: undefined }), '401 token that cannot be read'],
    [aToken({ exp: '4102444800' }), '401 token that cannot be read'],
    [aToken({}, { alg: 'none' }), '401 token signed in another way'],
    [aToken({}, { alg: 'HS512' }), '401 token signed in another way'],
    [aToken({}, { kid: undefined }), '401 token that cannot be read'],
  ];
  expect(cases.map(([authorization]) => outcome(authorization, anActivity()))).toEqual(
    cases.map(([, expected]) => expected),
  );
});

test('the gate › sends the bot’s replies nowhere but to Teams', () => {
  const poisoned = [
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://smba.trafficmanager.net./emea/',
    'https://smba.trafficmanager.net:8443/emea/',
    'https://ann@smba.trafficmanager.net/',
    'https://smbа.trafficmanager.net/',
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:6379/',
    'file:///etc/passwd',
    'smba.trafficmanager.net',
  ];
  expect(poisoned.map((url) => outcome(aToken({ serviceurl: url }), anActivity({ serviceUrl: url })))).toEqual(
    poisoned.map(() => '403 service URL that is not allowed'),
  );
  expect(outcome(aToken(), anActivity({ serviceUrl: undefined }))).toBe('400 not an activity: serviceUrl');
  expect(outcome(aToken(), anActivity({ serviceUrl: 'https://smba.trafficmanager.net/amer/' }))).toBe(
    '401 service URL differs from the token',
  );
});

test('the gate › hears one tenant alone', () => {
  const cases: [Record<string, unknown>, string][] = [
    [{ conversation: { id: 'c', tenantId: foreignTenant } }, '403 activity of another tenant'],
    [{ channelData: { tenant: { id: foreignTenant } } }, '403 activity of another tenant'],
    [{ conversation: { id: 'c' }, channelData: {} }, '403 activity without a tenant'],
    [{ conversation: { id: 'c', tenantId: [tenantId] } }, '400 not an activity: conversation.tenantId'],
    [{ channelData: { tenant: [tenantId] } }, '400 not an activity: channelData.tenant'],
  ];
  expect(cases.map(([changes]) => outcome(aToken(), anActivity(changes)))).toEqual(
    cases.map(([, expected]) => expected),
  );
});

test('the gate › reads only what is an activity of Teams, and not too deep', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { next: nested(depth - 1) });
  const deep = JSON.parse(`${'['.repeat(30_000)}${']'.repeat(30_000)}`);
  const cases: [unknown, string][] = [
    [undefined, '400 not an activity: '],
    [[], '400 not an activity: '],
    ['text', '400 not an activity: '],
    [anActivity({ type: undefined }), '400 not an activity: type'],
    [anActivity({ channelId: 'AseChannel' }), '400 not an activity: channelId'],
    [anActivity({ channelId: 'emulator' }), '400 not an activity: channelId'],
    [anActivity({ from: undefined }), '400 not an activity: from'],
    [anActivity({ text: { $gt: '' } }), '400 not an activity: text'],
    [anActivity({ timestamp: 'yesterday' }), '400 not an activity: timestamp'],
    [anActivity({ value: nested(32) }), '400 nested deeper than 32'],
    [anActivity({ value: deep }), '400 nested deeper than 32'],
    [anActivity({ value: nested(30) }), 'passed'],
    [anActivity({ value: Array(3_000).fill(1) }), '400 made of more than 2000 parts'],
    [anActivity({ value: { action: { data: { reason: 'a\0b' } } } }), '400 holds a NUL'],
    [anActivity({ conversation: { id: '\ud800', tenantId } }), '400 not an activity: conversation.id'],
    [anActivity({ value: Array(1_900).fill(1) }), 'passed'],
    [
      JSON.parse(JSON.stringify(anActivity({ from: 1 })).replace('"from":1', '"from":{"id":"x","__proto__":{}}')),
      '400 names a prototype',
    ],
  ];
  expect(cases.map(([body]) => outcome(aToken(), body))).toEqual(cases.map(([, expected]) => expected));
});

test('the gate › knows the type of every part that anything reads', () => {
  const wrong: Record<string, unknown> = {
    ...{ text: 1, textFormat: 1, name: 1, action: {}, replyToId: [], locale: {}, localTimezone: 1, deliveryMode: 1 },
    ...{ code: 1, label: 1, valueType: 1, importance: 1, inputHint: 1, speak: 1, summary: 1, topicName: 1 },
    ...{ attachmentLayout: 1, historyDisclosed: 'no', suggestedActions: [], relatesTo: 'x', expiration: 'soon' },
    ...{
      entities: {},
      attachments: 'x',
      membersAdded: 1,
      membersRemoved: {},
      reactionsAdded: 'x',
      reactionsRemoved: 1,
    },
  };
  for (const [name, value] of Object.entries(wrong))
    expect(outcome(aToken(), anActivity({ [name]: value }))).toBe(`400 not an activity: ${name}`);
  const members = ['entities', 'attachments', 'membersAdded', 'membersRemoved', 'reactionsAdded', 'reactionsRemoved'];
  for (const name of members)
    for (const member of [null, 1, 'x', [], {}])
      expect(outcome(aToken(), anActivity({ [name]: [member] }))).toMatch(`400 not an activity: ${name}`);
  for (const value of [1, 'x', [], { action: 1 }, { action: [] }, { action: { verb: {} } }])
    expect(outcome(aToken(), anActivity({ type: 'invoke', value }))).toMatch('400 not an activity: value');
  // What the chat leaves empty is no fault of the sender.
  for (const name of [...Object.keys(wrong), 'value'].filter((one) => one !== 'expiration'))
    expect(outcome(aToken(), anActivity({ [name]: null }))).toBe('passed');
});

test('Teams’ trust › cannot be made without an identity, and never quotes a secret', () => {
  const credential = { kind: 'secret', secret: 'correct horse' } as const;
  expect(() => teamsTrust({ botAppId: '', tenantId, credential })).toThrow(/cannot be used: botAppId/);
  expect(() => teamsTrust({ botAppId, tenantId: 'common', credential })).toThrow(/cannot be used: tenantId/);
  expect(() => teamsTrust({ botAppId, tenantId, credential: { kind: 'secret', secret: '' } })).toThrow(
    /credential.secret/,
  );
  expect(() => teamsTrust({ botAppId: 'correct horse', tenantId, credential })).not.toThrow(/correct horse/);
});

test('loopback trust › stays on this machine', () => {
  expect(() => loopbackTrust({ botAppId, tenantId, issuerUrl: 'http://evil.example' })).toThrow(
    /is not on this machine/,
  );
  expect(() => loopbackTrust({ botAppId, tenantId, issuerUrl: 'http://127.0.0.1.evil.example' })).toThrow(/not on/);
  const { isServiceUrlAllowed } = loopbackTrust({ botAppId, tenantId, issuerUrl: 'http://127.0.0.1:1' });
  const urls = [
    'http://127.0.0.1:9/x',
    'http://localhost:9',
    'http://10.0.0.1',
    'http://127.0.0.1@evil.example',
    serviceUrl,
  ];
  expect(urls.map(isServiceUrlAllowed)).toEqual([true, true, false, false, false]);
});

test('the bot’s token › goes to an allowed address or nowhere', async () => {
  const { credentials } = loopbackTrust({ botAppId, tenantId, issuerUrl: 'http://127.0.0.1:1' });
  const signer = await credentials.createCredentials(botAppId, '', '', false);
  const headers = new Map<string, string>();
  // Only these two members of a request are used.
  const request = (url: string) => ({ url, headers }) as unknown as Parameters<typeof signer.signRequest>[0];
  await expect(signer.signRequest(request('http://169.254.169.254/v3/conversations'))).rejects.toThrow(
    'A message was about to be sent to 169.254.169.254',
  );
  expect([...headers]).toEqual([]);
  await signer.signRequest(request('http://127.0.0.1:2/v3/conversations'));
  expect([...headers.keys()]).toEqual(['authorization']);
});

test('a token bucket › is full at first and fills with time', () => {
  let elapsed = 0;
  const clock = { now: () => '', elapsedMs: () => elapsed, sleep: async () => {} };
  const bucket = createTokenBucket(clock, { capacity: 2, perSecond: 1 });
  expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
  elapsed += 1_500;
  expect([bucket.take(), bucket.take()]).toEqual([true, false]);
  elapsed += 60_000;
  expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
});
