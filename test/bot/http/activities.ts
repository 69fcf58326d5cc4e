import * as fc from 'fast-check';
import { jonas, mira, TENANT } from '../builders.ts';

type Json = Record<string, unknown>;

/** Activities as Teams sends them, of every kind that the bot hears of. */
export function realActivities(serviceUrl: string): readonly Json[] {
  const common = (more: Json): Json => ({
    id: '1732356000000',
    channelId: 'msteams',
    serviceUrl,
    timestamp: '2026-11-23T10:00:00.123Z',
    localTimestamp: '2026-11-23T11:00:00.123+01:00',
    localTimezone: 'Europe/Berlin',
    locale: 'en-GB',
    from: { id: `29:${jonas.id}`, aadObjectId: jonas.id, name: jonas.name },
    recipient: { id: '28:bot', name: 'Rewind' },
    conversation: {
      id: '19:refreshes@thread.tacv2;messageid=1',
      tenantId: TENANT,
      conversationType: 'channel',
      isGroup: true,
    },
    channelData: {
      tenant: { id: TENANT },
      team: { id: '19:team' },
      channel: { id: '19:refreshes@thread.tacv2' },
      source: { name: 'message' },
    },
    entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/Berlin' }],
    ...more,
  });
  const mention = { type: 'mention', mentioned: { id: '28:bot', name: 'Rewind' }, text: '<at>Rewind</at>' };
  const click = (verb: string, data: Json): Json =>
    common({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: 'm1',
      value: { action: { type: 'Action.Execute', id: verb, verb, data }, trigger: 'manual' },
    });
  return [
    common({
      type: 'message',
      text: '<at>Rewind</at> /refresh uat',
      textFormat: 'plain',
      attachmentLayout: 'list',
      importance: 'normal',
      attachments: [
        {
          contentType: 'text/html',
          content: '<p>/refresh uat</p>',
          name: 'text',
          contentUrl: 'https://a.example',
          thumbnailUrl: 'https://a.example',
        },
      ],
      entities: [mention, { type: 'clientInfo', locale: 'en-GB', timezone: 'Europe/Berlin' }],
      suggestedActions: { actions: [], to: [] },
      inputHint: 'expectingInput',
      deliveryMode: 'normal',
      expiration: '2026-11-23T12:00:00.000Z',
    }),
    common({
      type: 'message',
      text: 'status',
      from: { id: '29:m', aadObjectId: mira.id, name: mira.name, role: 'user' },
      conversation: { id: 'a:personal', tenantId: TENANT, conversationType: 'personal', name: 'Mira' },
    }),
    click('show-status', {}),
    click('preview-plan', { runId: 'R-1042', target: 'uat', point: 'latest' }),
    click('tick-item', { runId: 'R-1042', n: 1 }),
    common({ type: 'invoke', name: 'task/fetch', value: { data: { runId: 'R-1042' }, context: { theme: 'dark' } } }),
    common({
      type: 'conversationUpdate',
      membersAdded: [{ id: '28:bot' }, { id: '29:x', name: 'X', aadObjectId: mira.id }],
      membersRemoved: [{ id: '29:y' }],
      topicName: 'Refreshes',
      historyDisclosed: false,
    }),
    common({ type: 'installationUpdate', action: 'add' }),
    common({
      type: 'messageReaction',
      reactionsAdded: [{ type: 'like' }],
      reactionsRemoved: [{ type: 'heart' }],
      replyToId: 'm1',
    }),
    common({
      type: 'event',
      name: 'application/vnd.microsoft/readReceipt',
      value: { lastReadMessageId: '1' },
      relatesTo: { activityId: '1', conversation: { id: 'c' } },
    }),
    common({
      type: 'endOfConversation',
      code: 'completedSuccessfully',
      speak: 'x',
      summary: 'x',
      label: 'x',
      valueType: 'x',
    }),
  ];
}

const JUNK: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  '',
  'x',
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  'x'.repeat(2_000),
  '💥\u202e',
  '2026-02-30T00:00:00Z',
  '${a.b}',
  [],
  [null],
  [[]],
  ['x'],
  [1, null, {}],
  [{ type: null }],
  [{ type: 1 }],
  [{ id: [] }],
  {},
  { id: null },
  { id: {} },
  { length: 3 },
  { type: 'mention', mentioned: null, text: 1 },
  { toString: 1 },
  [{ type: 'mention', mentioned: { id: '28:bot' }, text: '' }],
  [{ type: 'clientInfo', timezone: 'No/Where', locale: '*' }],
  { action: null },
  { action: { verb: [] } },
  { action: { verb: 'confirm-run', data: [] } },
];

/** Places that a kind of activity may not have and something may read all the same. */
const OFTEN_READ = [
  'callerId',
  'deliveryMode',
  'value',
  'name',
  'text',
  'entities',
  'membersAdded',
  'locale',
  'localTimezone',
  'action',
  'replyToId',
  'channelData',
  'attachments',
  'expiration',
  'rawTimestamp',
  'type',
];

/** One of the activities with one or two of its parts replaced, taken out, added, or doubled, and its JSON. */
export function malformed(activities: readonly Json[]): fc.Arbitrary<string> {
  const part = (activity: Json) => {
    const paths = [...pathsOf(activity), ...OFTEN_READ.map((name) => [name])];
    return fc.record({
      path: fc.constantFrom(...paths),
      how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'wrap', 'prototype'),
      junk: fc.constantFrom(...JUNK),
    });
  };
  return fc
    .constantFrom(...activities)
    .chain((activity) => fc.tuple(fc.constant(activity), fc.array(part(activity), { minLength: 1, maxLength: 2 })))
    .map(([activity, changes]) => {
      const copy = structuredClone(activity);
      for (const { path, how, junk } of changes) change(copy, path, how, structuredClone(junk));
      return JSON.stringify(copy).replaceAll('"prototype!"', '"__proto__"');
    });
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[name], ...pathsOf(inner).map((path) => [name, ...path])]);
}

function change(activity: Json, path: readonly string[], how: string, junk: unknown): void {
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), activity);
  const name = path.at(-1);
  if (!isObject(holder) || name === undefined) return;
  if (how === 'remove') delete holder[name];
  else if (how === 'wrap') holder[name] = [holder[name]];
  else if (how === 'prototype') holder['prototype!'] = junk;
  else holder[name] = junk;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
