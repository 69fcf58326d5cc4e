import { expect, test, vi } from 'vitest';
import { ConfigurationError } from '../../env/problems.ts';
import { readBotSettings, readWorkerSettings } from '../../env/settings.ts';
import { commandVariables } from '../../env/variables.ts';

const common = { REWIND_JOURNAL_URL: 'postgres://rewind:x@db/rewind', REWIND_REDIS_URL: 'redis://127.0.0.1:6379' };
const bot = {
  ...common,
  BOT_ID: '6a0f5c6e-7c39-4f5f-8d0e-1b9b61e28d0e',
  BOT_TENANT_ID: '3d9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a03',
  BOT_PASSWORD: 'secret',
  REWIND_PUBLIC_URL: 'https://rewind.contoso.example',
  REWIND_LINK_KEYS: `2026a:${'k'.repeat(32)}`,
};

function placesOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ place }) => place);
    throw error;
  }
}

test('a worker’s settings › name everything that is missing at once', () => {
  expect(placesOf(() => readWorkerSettings({}))).toEqual(['REWIND_JOURNAL_URL', 'REWIND_REDIS_URL']);
});

test('an address › that is not there is called missing, and another kind of address by what it should be', () => {
  expect(() => readWorkerSettings({})).toThrow('REWIND_JOURNAL_URL: is missing (example');
  expect(() => readWorkerSettings({ ...common, REWIND_REDIS_URL: 'http://redis' })).toThrow(
    'REWIND_REDIS_URL: is not an address redis://… or rediss://…',
  );
});

test('the bot’s settings › are complete, and listen on this machine alone unless told otherwise', () => {
  expect(readBotSettings(bot)).toMatchObject({ HOST: '127.0.0.1', PORT: 3978, credential: { kind: 'secret' } });
});

test.for([
  ['a type that the SDK would take for any tenant', { BOT_TYPE: 'SingleTennant' }, 'BOT_TYPE'],
  ['no id', { BOT_ID: undefined }, 'BOT_ID'],
  ['an id that is none', { BOT_ID: 'rewind' }, 'BOT_ID'],
  ['no password', { BOT_PASSWORD: undefined }, 'BOT_PASSWORD'],
  ['an empty password', { BOT_PASSWORD: '' }, 'BOT_PASSWORD'],
  ['a public address without TLS', { REWIND_PUBLIC_URL: 'http://rewind.contoso.example' }, 'REWIND_PUBLIC_URL'],
  ['a link key that is too short', { REWIND_LINK_KEYS: '2026a:short' }, 'REWIND_LINK_KEYS'],
  ['a signing key that is none', { REWIND_SIGNING_KEY: '2026a:c2VjcmV0' }, 'REWIND_SIGNING_KEY'],
  ['a verifying key that is none', { REWIND_VERIFYING_KEYS: '2026a:c2VjcmV0' }, 'REWIND_VERIFYING_KEYS'],
  ['a port that is none', { PORT: '70000' }, 'PORT'],
] as const)('the bot’s settings › refuse %s', ([, change, place]) => {
  expect(placesOf(() => readBotSettings({ ...bot, ...change }))).toContain(place);
});

test('a worker’s settings › refuse keys of reports that are none', () => {
  const none = { REWIND_REPORT_KEY: 'reports-2026:c2VjcmV0', REWIND_REPORT_KEYS: 'reports-2026:c2VjcmV0' };
  expect(placesOf(() => readWorkerSettings({ ...common, ...none }))).toEqual(Object.keys(none).toReversed());
});

test('the bot’s settings › need no password with a managed identity', () => {
  const settings = readBotSettings({ ...bot, BOT_TYPE: 'UserAssignedMsi', BOT_PASSWORD: undefined });
  expect(settings.credential).toEqual({ kind: 'managed-identity' });
});

test('what a command inherits › is what every program needs, none of ours', () => {
  vi.stubEnv('REWIND_JOURNAL_URL', 'postgres://rewind:secret@db/rewind');
  vi.stubEnv('BOT_PASSWORD', 'secret');
  expect(Object.keys(commandVariables())).toContain('PATH');
  expect(JSON.stringify(commandVariables())).not.toContain('secret');
});
