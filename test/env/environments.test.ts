import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { loadInstallation } from '../../env/environments.ts';
import { ConfigurationError, type Problem } from '../../env/problems.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rewind-env-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ANN = '1b9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a01';
const BOB = '2c9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a02';
const TENANT = '3d9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a03';
const databases = { application: 'AxDB', financialReporting: 'MR' };
const settings = z.strictObject({ server: z.string().min(1, 'is empty') });
const providers = { sql: { source: settings, sandbox: settings } };

type Document = Record<string, unknown>;

const aSandbox = (parts: Document = {}): Document => ({
  provider: 'sql',
  databases,
  sources: ['prod'],
  requesters: [ANN],
  approvers: [BOB],
  administrator: { signIn: 'admin@contoso.example', objectId: ANN, tenantId: TENANT },
  settings: { server: '${UAT_SERVER}' },
  ...parts,
});
const aDocument = (parts: Document = {}): Document => ({
  sources: { prod: { provider: 'sql', databases, settings: { server: 'prod-sql' } } },
  sandboxes: { uat: aSandbox() },
  ...parts,
});
const withUat = (parts: Document): Document => aDocument({ sandboxes: { uat: aSandbox(parts) } });

let files = 0;
function load(
  document: unknown,
  how: typeof providers | 'names-only' = providers,
  variables: Record<string, string> = { UAT_SERVER: 'uat-sql' },
) {
  const file = join(folder, `${String((files += 1))}.yaml`);
  writeFileSync(file, typeof document === 'string' ? document : stringify(document));
  return loadInstallation(file, variables, how);
}

function problemsIn(
  document: unknown,
  how: typeof providers | 'names-only' = providers,
  variables?: Record<string, string>,
): readonly Problem[] {
  try {
    load(document, how, variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test('environments.yaml › the smallest one gives every policy its default', () => {
  const { installation, serves } = load(aDocument());
  expect(serves).toEqual(['uat']);
  expect(installation.sandboxes[0]).toMatchObject({
    name: 'uat',
    title: 'UAT',
    timeZone: 'UTC',
    settings: { server: 'uat-sql' },
    packs: ['lcs-2020'],
    commands: {},
    policy: {
      cutover: { kind: 'when-ready' },
      cutoverWarningMs: 300_000,
      synchronize: 'after-switch',
      rollbackOnFailure: 'offered',
      keepPreviousMs: 3 * 86_400_000,
      keepFailedCopyMs: 8 * 3_600_000,
    },
  });
  expect(installation.sources[0]).toMatchObject({ name: 'prod', retentionDays: 30 });
});

test('environments.yaml › every problem is said at once, with place, reason and example', () => {
  const problems = problemsIn(
    aDocument({
      timeZone: 'Mars/Base',
      serves: ['tst'],
      sources: { prod: { provider: 'sql', databases, retentionDays: 90, settings: { server: '' } } },
      sandboxes: {
        uat: aSandbox({
          sources: ['production'],
          approvers: [ANN],
          policy: { keepPrevious: 'three days', keepFailedCopy: '25h' },
          capacity: '250 bananas',
          colour: 'red',
        }),
      },
    }),
    providers,
    {},
  );
  expect(problems).toEqual(
    expect.arrayContaining([
      { place: 'timeZone', reason: 'is not an IANA time zone', example: 'Europe/Berlin' },
      { place: 'sources.prod.retentionDays', reason: 'must not exceed 30', example: '30' },
      { place: 'sources.prod.settings.server', reason: 'is empty', example: '' },
      { place: 'sandboxes.uat.sources', reason: 'there is no source “production”', example: 'prod' },
      {
        place: 'sandboxes.uat.approvers',
        reason: 'nobody could approve: a second person is needed',
        example: 'two different object ids',
      },
      { place: 'sandboxes.uat.policy.keepPrevious', reason: '“three days” is not a duration', example: '3d' },
      {
        place: 'sandboxes.uat.policy.keepFailedCopy',
        reason: 'must not exceed 24h: no unsanitized copy lives longer',
        example: '8h',
      },
      { place: 'sandboxes.uat.capacity', reason: '“250 bananas” is not a size', example: '250 GB' },
      { place: 'sandboxes.uat', reason: 'unknown key “colour”', example: '' },
      {
        place: 'sandboxes.uat.settings.server',
        reason: 'the environment variable UAT_SERVER is not set',
        example: 'UAT_SERVER=…',
      },
      { place: 'serves', reason: 'there is no sandbox “tst”', example: 'uat' },
    ]),
  );
});

test.for<readonly [string, Document, string, string]>([
  ['a name in capitals', aDocument({ sandboxes: { UAT: aSandbox() } }), 'sandboxes.UAT', 'Invalid key in record'],
  [
    'a sandbox named like a source',
    aDocument({ sandboxes: { prod: aSandbox() } }),
    'sandboxes.prod',
    'is the name of a source as well',
  ],
  ['an unknown provider', withUat({ provider: 'oracle' }), 'sandboxes.uat.provider', 'there is no provider “oracle”'],
  [
    'another provider than the source’s',
    withUat({ provider: 'oracle' }),
    'sandboxes.uat.provider',
    'differs from that of prod',
  ],
  [
    'an unknown setting',
    withUat({ settings: { server: 'x', pasword: 'y' } }),
    'sandboxes.uat.settings',
    'unknown key “pasword”',
  ],
  [
    'a cutover at no time of day',
    withUat({ policy: { cutover: { at: '24:00' } } }),
    'sandboxes.uat.policy.cutover',
    '',
  ],
  [
    'an approver that is a name',
    withUat({ approvers: ['Bob'] }),
    'sandboxes.uat.approvers.0',
    'is not an Entra object id',
  ],
  ['nobody who asks', withUat({ requesters: [] }), 'sandboxes.uat.requesters', ''],
  [
    'a command that may take for ever',
    withUat({ commands: { startServices: { command: 'x', timeout: '30d' } } }),
    'sandboxes.uat.commands.startServices.timeout',
    'must not exceed 24d: timers of a computer reach no further',
  ],
  [
    'a command that may take no time',
    withUat({ commands: { startServices: { command: 'x', timeout: 0 } } }),
    'sandboxes.uat.commands.startServices.timeout',
    'must be longer than nothing',
  ],
  [
    'an unknown command',
    withUat({ commands: { stopService: { command: 'x' } } }),
    'sandboxes.uat.commands',
    'unknown key “stopService”',
  ],
  ['no settings', withUat({ settings: undefined }), 'sandboxes.uat.settings', 'expected object'],
  ['an unknown fact', withUat({ facts: { release: '10' } }), 'sandboxes.uat.facts', ''],
])('environments.yaml › refuses %s', ([, document, place, reason]) => {
  expect(problemsIn(document)).toContainEqual(
    expect.objectContaining({ place: expect.stringContaining(place), reason: expect.stringContaining(reason) }),
  );
});

test('four eyes › the same id in capitals is the same person', () => {
  expect(problemsIn(withUat({ approvers: [ANN.toUpperCase()] }))).toMatchObject([{ place: 'sandboxes.uat.approvers' }]);
  const { installation } = load(withUat({ approvers: [BOB.toUpperCase()] }));
  expect(installation.sandboxes[0]?.approvers).toEqual([BOB]);
});

test('four eyes › one approver is enough when somebody else asks', () => {
  expect(problemsIn(withUat({ requesters: [ANN, BOB], approvers: [BOB] }))).toEqual([]);
});

test('references › come from the environment and count as secrets; an empty one counts as forgotten', () => {
  expect(load(aDocument()).secrets).toEqual(['uat-sql']);
  expect(problemsIn(aDocument(), providers, { UAT_SERVER: '' })).toMatchObject([
    { place: 'sandboxes.uat.settings.server', reason: 'the environment variable UAT_SERVER is not set' },
    { place: 'sandboxes.uat.settings.server' },
  ]);
});

test('the bot › loads names, roles and policies without any credential', () => {
  const { installation, secrets } = load(aDocument(), 'names-only', {});
  expect(secrets).toEqual([]);
  expect(installation.sandboxes[0]).toMatchObject({ name: 'uat', requesters: [ANN], settings: undefined });
});

test.for([
  ['no file', undefined, /no such file/],
  ['no YAML', 'sources: [', /./],
  ['an empty file', '', /./],
  ['a key twice', 'timeZone: UTC\ntimeZone: UTC\n', /unique|duplicate/i],
] as const)('environments.yaml › with %s says so as a problem, not as a crash', ([, text, reason]) => {
  const problems = text === undefined ? problemsOfMissing() : problemsIn(text);
  expect(problems[0]?.reason).toMatch(reason);
});

function problemsOfMissing(): readonly Problem[] {
  try {
    loadInstallation(join(folder, 'nowhere.yaml'), {}, 'names-only');
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test('a command › says for itself whether it gets the address of the database; only synchronize may, and silence adds nothing to a plan', () => {
  const commandsOf = (synchronize: Document) =>
    load(withUat({ commands: { synchronize } })).installation.sandboxes[0]?.commands.synchronize;
  const timeoutMs = 3_600_000;
  expect(commandsOf({ command: 'sync' })).toStrictEqual({ command: 'sync', args: [], timeoutMs });
  expect(commandsOf({ command: 'sync', databaseUrl: true })).toMatchObject({ databaseUrl: true });
  expect(commandsOf({ command: 'sync', databaseUrl: false })).toMatchObject({ databaseUrl: false });
  const [problem] = problemsIn(withUat({ commands: { startServices: { command: 'start', databaseUrl: true } } }));
  expect(problem).toMatchObject({ place: expect.stringContaining('sandboxes.uat.commands.startServices') });
});
