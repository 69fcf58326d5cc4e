import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { DEFAULT_PACKS } from '../../engine/contracts.ts';
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
    if (error instanceof ConfigurationError)
      return error.problems.map(({ place, reason, example }) => ({ place, reason, example }));
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
    packs: DEFAULT_PACKS,
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

test('people › with several ids are one person, so two ids of one do not make four eyes', () => {
  const CLARA = '4c9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a04';
  const people = [{ id: ANN, ids: [BOB.toUpperCase()], name: 'Ann' }];
  expect(problemsIn(aDocument({ people }))).toEqual([
    expect.objectContaining({ reason: 'nobody could approve: a second person is needed' }),
  ]);
  const { installation } = load({ ...withUat({ approvers: [BOB, CLARA] }), people });
  expect(installation.people[0]).toMatchObject({ id: ANN, ids: [BOB] });
});

test('approval in a terminal › is off unless the file says so', () => {
  expect(load(aDocument()).installation.terminalApproval).toBe(false);
  expect(load(aDocument({ terminalApproval: true })).installation.terminalApproval).toBe(true);
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
        example: 'object ids of two different people',
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
  ['a name in capitals', aDocument({ sandboxes: { UAT: aSandbox() } }), 'sandboxes.UAT', 'is not a name'],
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
    'is neither an Entra object id nor a group of this file',
  ],
  ...['refreshes', '19:0f3a@thread.tacv2;messageid=1', '19:a_b@unq.gbl.spaces', 'a:1', '19:[x](y)@thread.v2'].map(
    (channel) =>
      [
        `a home that is ${channel}`,
        withUat({ approvals: { channel } }),
        'sandboxes.uat.approvals.channel',
        'is not the id of a channel or group chat (19:…@thread.tacv2)',
      ] as const,
  ),
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
  ['no settings', withUat({ settings: undefined }), 'sandboxes.uat.settings', 'is missing'],
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

test.each(['19:0f3a6d2c1b7e4c59@thread.tacv2', '19:meeting_NzY4-x@thread.v2', '19:0f3a@thread.skype'])(
  'a home › may be %s, and none has to be named',
  (channel) => {
    const homeOf = (sandbox: Record<string, unknown>) => load(withUat(sandbox)).installation.sandboxes[0]?.approvals;
    expect(homeOf({ approvals: { channel } })).toEqual({ channel });
    expect(homeOf({})).toBeUndefined();
  },
);

test('four eyes › one approver is enough when somebody else asks', () => {
  expect(problemsIn(withUat({ requesters: [ANN, BOB], approvers: [BOB] }))).toEqual([]);
});

test('references › come from the environment and count as secrets; an empty one counts as forgotten', () => {
  expect(load(aDocument()).secrets).toEqual(['uat-sql']);
  expect(problemsIn(aDocument(), providers, { UAT_SERVER: '' })).toMatchObject([
    { place: 'sandboxes.uat.settings.server', reason: 'the environment variable UAT_SERVER is not set' },
  ]);
});

test('references › a variable that is not set is said once, and how often it is used', () => {
  const test = aSandbox();
  const document = aDocument({ sandboxes: { uat: aSandbox(), test, dev: test } });
  expect(problemsIn(document, providers, {})).toMatchObject([
    {
      place: 'sandboxes.uat.settings.server',
      reason: 'the environment variable UAT_SERVER is not set; it is used in 2 more places',
    },
  ]);
});

test('a password in the file › works, is a secret, and gets a remark; one that comes from the environment gets none', () => {
  const loose = { server: 'mssql://sa:Winter%2F2026@uat-sql' };
  const { remarks, secrets } = load(withUat({ settings: loose }));
  expect(remarks).toMatchObject([
    {
      place: 'sandboxes.uat.settings.server',
      line: 24,
      reason: expect.stringContaining('a password stands in the file'),
    },
  ]);
  expect(secrets).toEqual(expect.arrayContaining(['Winter%2F2026', loose.server]));
  expect(load(withUat({ settings: { server: 'mssql://sa:${UAT_SERVER}@uat-sql' } })).remarks).toEqual([]);
});

/** As somebody writes it who has not read the page yet. */
const FULL_OF_MISTAKES = `timeZone: Berlin
sources:
  prod:
    provider: sql
    databases: { application: AxDB }
    retentionDays: many
    settings: { server: prod-sql }
sandboxes:
  UAT 1:
    provider: sql
    databases: { application: AxDB, financialReporting: MR }
    sources: [prod, production]
    requesters: [${ANN}]
    approvers: [Bob, ${BOB}]
    policy: { keepPrevious: three days, cutover: later }
    color: red
    colour: red
    settings: { server: "" }
`;

/** The lines below the first one of what is said about a file. */
function linesSaid(text: string): readonly string[] {
  try {
    load(text);
    return [];
  } catch (error) {
    return String(error).split('\n').slice(1);
  }
}

test('environments.yaml › every mistake is said at once with line and column, also inside a sandbox with a bad name', () => {
  expect(linesSaid(FULL_OF_MISTAKES)).toMatchInlineSnapshot(`
    [
      "  line 1, column 1, timeZone: is not an IANA time zone (example: Europe/Berlin)",
      "  line 5, column 5, sources.prod.databases.financialReporting: is missing (example: ManagementReporter)",
      "  line 6, column 5, sources.prod.retentionDays: is not a number (example: 30)",
      "  line 9, column 3, sandboxes.UAT 1.administrator: is missing",
      "  line 9, column 3, sandboxes.UAT 1: is not a name (small letters, digits and hyphens, 32 at most) (example: uat-1)",
      "  line 12, column 21, sandboxes.UAT 1.sources: there is no source “production” (example: prod)",
      "  line 14, column 17, sandboxes.UAT 1.approvers.0: is neither an Entra object id nor a group of this file (example: [2c9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a02])",
      "  line 15, column 15, sandboxes.UAT 1.policy.keepPrevious: “three days” is not a duration (example: 3d)",
      "  line 15, column 41, sandboxes.UAT 1.policy.cutover: is in none of the forms that are known here (example: when-ready, on-click or { at: "22:00" })",
      "  line 16, column 5, sandboxes.UAT 1: unknown key “color”",
      "  line 17, column 5, sandboxes.UAT 1: unknown key “colour”",
      "  line 18, column 17, sandboxes.UAT 1.settings.server: is empty",
    ]
  `);
});

test('environments.yaml › what is no YAML is said all at once, each with its line', () => {
  const text = 'sources:\n  prod: {provider: sql\nsandboxes:\n\tuat: 1\n  a: "x\n';
  expect(linesSaid(text)).toMatchInlineSnapshot(`
    [
      "  line 3, column 1, YAML: Flow map in block collection must be sufficiently indented and end with a }",
      "  line 4, column 1, YAML: Tabs are not allowed as indentation",
      "  line 4, column 7, YAML: Nested mappings are not allowed in compact mappings",
      "  line 4, column 7, YAML: Implicit keys need to be on a single line",
      "  line 6, column 1, YAML: Missing closing "quote",
    ]
  `);
});

test.for([
  ['that is not there', (file: string) => `${file}.gone`, 'is not there'],
  ['that is a folder', () => folder, 'is a folder, not a file'],
  ['below a file', (file: string) => `${file}/x.yaml`, 'is not there: a part of its path is a file'],
] as const)('environments.yaml › %s is said in words', ([, spoil, reason]) => {
  const file = join(folder, 'there.yaml');
  writeFileSync(file, 'sources: {}');
  expect(() => loadInstallation(spoil(file), {}, 'names-only')).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ place: 'the file or folder', reason })] }) as Error,
  );
});

test('the bot › loads names, roles and policies without any credential', () => {
  const { installation, secrets } = load(aDocument(), 'names-only', {});
  expect(secrets).toEqual([]);
  expect(installation.sandboxes[0]).toMatchObject({ name: 'uat', requesters: [ANN], settings: undefined });
});

test.for([
  ['no file', undefined, /is not there/],
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
    if (error instanceof ConfigurationError)
      return error.problems.map(({ place, reason, example }) => ({ place, reason, example }));
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

test('packs that are left out › do not run, and each says why, who answers for it and until when', () => {
  const left = { pack: DEFAULT_PACKS[0], reason: 'a load test', owner: 'Mira Okafor', until: '2026-12-31' };

  const [uat] = load(withUat({ packs: [...DEFAULT_PACKS, 'ours'], withoutPacks: [left] })).installation.sandboxes;

  expect(uat?.packs).toEqual([...DEFAULT_PACKS.slice(1), 'ours']);
  expect(uat?.withoutPacks).toEqual([left]);
  expect(
    problemsIn(
      withUat({
        packs: ['lcs-2023'],
        withoutPacks: [{ ...left, pack: 'ours', reason: ' ', until: 'soon' }, { pack: left.pack }],
      }),
    ).map(({ place, reason }) => `${place}: ${reason}`),
  ).toEqual([
    `sandboxes.uat.withoutPacks.0.pack: is none of ${DEFAULT_PACKS.join(', ')}`,
    'sandboxes.uat.withoutPacks.0.reason: is empty',
    'sandboxes.uat.withoutPacks.0.until: is not a day such as 2026-12-31',
    'sandboxes.uat.withoutPacks.1.reason: is missing',
    'sandboxes.uat.withoutPacks.1.owner: is missing',
    'sandboxes.uat.withoutPacks.1.until: is missing',
  ]);
});

test('a sandbox that leaves out every pack › is refused', () => {
  const left = DEFAULT_PACKS.map((pack) => ({
    pack,
    reason: 'a load test',
    owner: 'Mira Okafor',
    until: '2026-12-31',
  }));

  expect(problemsIn(withUat({ withoutPacks: left })).map(({ place, reason }) => `${place}: ${reason}`)).toEqual([
    'sandboxes.uat.withoutPacks: leaves no pack, so nothing would be sanitized',
  ]);
});
