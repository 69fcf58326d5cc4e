import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { examinePacks, examinePeople } from '../../cli/doctor/configuration.ts';
import { examineMasks } from '../../cli/doctor/masks.ts';
import { examineReports } from '../../cli/doctor/keys.ts';
import { describeFinding } from '../../cli/doctor/finding.ts';
import { examineJournal, examineRedis } from '../../cli/doctor/stores.ts';
import { systemClock } from '../../engine/clock.ts';
import type { Sandbox, Source } from '../../engine/contracts.ts';
import { stableMasksFrom } from '../../engine/sanitization/masks/stableMasks.ts';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { JONAS, MIRA, TENANT } from '../builders.ts';
import { aSandbox } from '../engine/environments/builders.ts';
import { createPostgresFixture, type PostgresFixture } from '../engine/environments/postgres/fixture.ts';
import { createSqlServerFixture } from '../engine/environments/sqlServer/fixture.ts';
import { findBackupFile } from '../sqlServer/state/backups.ts';
import { startTestStandIn } from '../engine/environments/sqlServer/testServers.ts';
import { startTestServer, type TestServer } from '../engine/journal/testDatabase.ts';
import { startTestRedis, type TestRedis } from '../queue/testRedis.ts';
import { rewind } from './house.ts';

const folder = mkdtempSync(join(tmpdir(), 'rewind-doctor-'));
let fixture: PostgresFixture;
let server: TestServer;
let redis: TestRedis;
let journalUrl: string;

beforeAll(async () => {
  [fixture, server, redis] = await Promise.all([createPostgresFixture(), startTestServer(), startTestRedis()]);
  journalUrl = await server.newDatabase();
  await using journal = openJournal({ url: journalUrl });
  await journal.migrate();
});
afterAll(async () => {
  await Promise.all([fixture, server, redis].map((one) => one[Symbol.asyncDispose]()));
  rmSync(folder, { recursive: true });
});

interface Installed {
  readonly source?: Source;
  readonly target?: Sandbox;
  readonly sandbox?: Readonly<Record<string, unknown>>;
  /** With it, the file has a second sandbox `test`, and says which of the two its worker serves. */
  readonly serves?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** `rewind doctor` with an environments.yaml as an installation would have it, and real servers behind it. */
async function doctor({
  source = fixture.source,
  target = fixture.target,
  sandbox,
  serves,
  variables,
}: Installed = {}) {
  const file = join(folder, 'environments.yaml');
  const secrets = new Map<string, string>();
  // Addresses come from the environment, as they should.
  const referring = (settings: unknown) =>
    JSON.parse(
      JSON.stringify(settings ?? {}, (_, value: unknown) => {
        if (typeof value !== 'string' || !value.includes('://')) return value;
        const name = `ADDRESS_${String(secrets.size)}`;
        secrets.set(name, value);
        return `\${${name}}`;
      }),
    ) as unknown;
  const uat = {
    provider: target.provider,
    databases: target.databases,
    settings: referring(target.settings),
    sources: ['prod'],
    requesters: [JONAS.id],
    approvers: [MIRA.id],
    administrator: { signIn: 'admin@contoso.example', objectId: MIRA.id, tenantId: TENANT },
    commands: { stopServices: { command: process.execPath }, checkHealth: { command: 'node' } },
    ...sandbox,
  };
  const prod = { provider: source.provider, databases: source.databases, settings: referring(source.settings) };
  const document = { people: [], sources: { prod }, sandboxes: serves ? { uat, test: uat } : { uat }, serves };
  writeFileSync(file, stringify(document, { aliasDuplicateObjects: false }));
  const all = {
    ...{ REWIND_JOURNAL_URL: journalUrl, REWIND_REDIS_URL: redis.url, REWIND_ENVIRONMENTS: file, TEAMSFX_ENV: 'none' },
    ...Object.fromEntries(secrets),
    ...variables,
  };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  const { exitCode, out } = await rewind('doctor');
  return { exitCode, lines: out.trimEnd().split('\n') };
}

test('doctor › finds an installation in order, and prints no secret', async () => {
  await fixture.commit();
  await fixture.archive();
  const { exitCode, lines } = await doctor();
  expect(lines.map((line) => line.replaceAll(/\d{4}-\S+Z|[0-9.]+ [MG]B|\d{10,}\S*/g, '…'))).toEqual([
    '✓ variables: usable',
    `✓ ${join(folder, 'environments.yaml')}: usable`,
    expect.stringMatching(/^\? signed decisions: no key is configured, so whoever can write the/),
    expect.stringContaining('(REWIND_SIGNING_KEY=…)'),
    '? signed reports: no key is configured, so reports say that they are not signed',
    expect.stringContaining('(REWIND_REPORT_KEY=…)'),
    '✓ journal: reachable, its tables are up to date',
    expect.stringMatching(/^✓ clocks: .* is [01] s (ahead of|behind) this machine’s$/),
    expect.stringMatching(/^✓ Redis: reachable, version \d/),
    '✓ Redis maxmemory-policy: noeviction',
    '✓ Redis persistence: append-only file',
    expect.stringMatching(/^✓ packs of uat: lcs-2026, quiet, personal-data: \d+ rules$/),
    expect.stringMatching(/^✓ version of environments\.yaml: \S+; the bot says on \/healthz/),
    '✓ source prod: reachable from … to …',
    expect.stringMatching(/^✓ sandbox uat: .*holds …, … free$/),
    `✓ command stopServices of uat: ${process.execPath}`,
    '? command startServices of uat: not configured: the step does nothing here',
    expect.stringMatching(/^✓ command checkHealth of uat: .*node$/),
    '? command synchronize of uat: not configured: the step does nothing here',
    '? command announce of uat: not configured: the step does nothing here',
    '✓ production as target: no sandbox is the same database as a source',
    '14 in order, 5 to know about, 0 to mend',
  ]);
  expect(exitCode).toBe(0);
  expect(lines.join('\n')).not.toMatch(/-of-uat|-of-prod|:journal@/);
});

test('doctor › names the keys that approvals are verified with', async () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const { lines } = await doctor({ variables: { REWIND_VERIFYING_KEYS: `2026a:${key}` } });
  expect(lines).toContain('✓ signed decisions: approvals are verified with 2026a');
});

test('doctor › says whether reports are signed, and whether somebody could tell', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const [own, open] = [
    { id: 'reports-2026', key: privateKey },
    { id: 'reports-2026', key: publicKey },
  ];
  const examine = (settings: object, isNeeded?: boolean) => {
    const { outcome, detail } = examineReports(settings as Parameters<typeof examineReports>[0], isNeeded);
    return `${outcome}: ${detail}`;
  };
  expect(examine({})).toBe('doubtful: no key is configured, so reports say that they are not signed');
  expect(examine({}, true)).toBe('bad: no key is configured, and signedReportsOnly lets no worker start without one');
  expect(examine({ REWIND_REPORT_KEY: own })).toMatch(/^doubtful: .*reports-2026, whose public half is not among/);
  expect(examine({ REWIND_REPORT_KEY: own, REWIND_REPORT_KEYS: [open] }, true)).toBe(
    'good: reports are signed with reports-2026, and nothing is switched without',
  );
});

test('doctor › says of a pack that has gone into another what to write, and of usual ones that do not run that nothing says why', () => {
  const examine = (packs: readonly string[], withoutPacks: Sandbox['withoutPacks'] = []) =>
    examinePacks({} as Parameters<typeof examinePacks>[0], {
      ...{ version: '', serves: [], secrets: [], remarks: [] },
      installation: { people: [], sources: [], sandboxes: [aSandbox({ packs, withoutPacks })] },
    }).map(({ subject, remedy }) => [subject, remedy]);
  expect(examine(['lcs-2020', 'lcs-2023'])).toEqual([
    ['packs of uat', ''],
    ['pack lcs-2023 of uat', 'Instead: packs: [lcs-2026, quiet, personal-data]'],
    ['pack lcs-2026 of uat', expect.stringContaining('withoutPacks: [{ pack: lcs-2026, reason: …')],
    ['pack quiet of uat', expect.stringContaining('withoutPacks: [{ pack: quiet')],
    ['pack personal-data of uat', expect.stringContaining('withoutPacks: [{ pack: personal-data')],
  ]);
  const left = { pack: 'quiet', reason: 'a rehearsal', owner: 'Mira Okafor', until: '2026-12-31' };
  expect(examine(['lcs-2026', 'personal-data'], [left])).toEqual([
    ['packs of uat', ''],
    ['pack quiet of uat', ''],
  ]);
});

test('doctor › says what follows from masks that stay the same, and what is wrong with their secret', () => {
  const secret = 'the secret of an installation, long enough';
  const { fingerprint } = stableMasksFrom(secret);
  const examine = (masks: Sandbox['masks'], REWIND_MASKS_SECRET?: string) =>
    examineMasks(
      { REWIND_MASKS_SECRET },
      {
        installation: { people: [], sources: [], sandboxes: [aSandbox(masks && { masks })] },
        serves: ['uat'],
      },
    ).map(describeFinding);

  expect(examine(undefined, secret)).toEqual([]);
  expect(examine({ stable: true, fingerprint }, secret)).toEqual([
    expect.stringMatching(
      /^\? masks of uat: are the same in every refresh: whoever has REWIND_MASKS_SECRET can try out who/,
    ),
  ]);
  expect(examine({ stable: true }, secret)).toEqual([
    expect.stringContaining(`→ Write masks: { stable: true, fingerprint: ${fingerprint} }.`),
  ]);
  expect(examine({ stable: true, fingerprint }, `${secret}!`)).toEqual([
    expect.stringMatching(
      /^✗ masks of uat: .* has another secret than environments\.yaml names\n.*fingerprint: \w{4}-\w{4}/,
    ),
  ]);
  expect(examine({ stable: true, fingerprint })).toEqual([
    expect.stringMatching(
      /^✗ masks of uat: .* has no REWIND_MASKS_SECRET\n {4}→ Set REWIND_MASKS_SECRET for every worker/,
    ),
  ]);
  expect([examine({ stable: true }, secret), examine({ stable: true, fingerprint }, secret)].join()).not.toContain(
    secret,
  );
});

test('doctor › says that nobody approves in a terminal, and which accounts stand for several people', () => {
  const people = [JONAS, MIRA].map(({ id, name }) => ({ id, name, osAccounts: ['ops'] }));
  const loaded = {
    installation: { people, sources: [], sandboxes: [] },
    version: '0123456789ab',
    serves: [],
    secrets: [],
    remarks: [],
  };
  expect(examinePeople(loaded).map(describeFinding)).toEqual([
    '✓ version of environments.yaml: 0123456789ab; the bot says on /healthz which one counts there',
    '? approval in a terminal: off: `rewind approve` refuses; terminalApproval: true allows it',
    expect.stringMatching(/^\? account ops: stands for several people/),
  ]);
  const own = {
    ...loaded,
    installation: { ...loaded.installation, terminalApproval: true, people: people.slice(0, 1) },
  };
  expect(examinePeople(own)).toHaveLength(1);
});

test('doctor › tells everything that is wrong at once, each with its remedy', async () => {
  const unstartable = join(folder, 'stop.sh');
  writeFileSync(unstartable, '');
  chmodSync(unstartable, 0o644);
  const { exitCode, lines } = await doctor({
    source: { ...fixture.source, settings: { archiveFolder: folder, backupsFolder: folder } },
    sandbox: {
      settings: { ...(fixture.target.settings as object), folder: join(folder, 'nowhere') },
      packs: ['lcs-2020', 'our-own'],
      commands: { stopServices: { command: unstartable }, startServices: { command: 'no-such-program' } },
    },
    variables: {
      REWIND_JOURNAL_URL: 'postgres://nobody:a-secret@127.0.0.1:1/none',
      REWIND_REDIS_URL: 'redis://:a-secret@127.0.0.1:1',
    },
  });
  const wrong = lines.filter((line) => line.startsWith('✗')).map((line) => line.slice(2, line.indexOf(':')));
  expect(wrong).toEqual([
    'journal',
    'Redis',
    'packs of uat',
    'source prod',
    'sandbox uat',
    'command stopServices of uat',
    'command startServices of uat',
  ]);
  const remedies = lines.flatMap((line, index) => (line.startsWith('✗') ? [lines[index + 1] ?? ''] : []));
  expect(remedies.filter((line) => !/^ {4}→ ./.test(line))).toEqual([]);
  expect(lines).toContain('? production as target: prod, uat cannot be told apart from here');
  expect(lines.at(-1)).toMatch(/7 to mend$/);
  expect(exitCode).toBe(1);
  expect(lines.join('\n')).not.toContain('a-secret');
});

test('doctor › names every problem of the variables and of environments.yaml together', async () => {
  const { exitCode, lines } = await doctor({
    sandbox: { approvers: [JONAS.id], provider: 'oracle', colour: 'red' },
    variables: { REWIND_JOURNAL_URL: 'nowhere', REWIND_SURVEY_SECONDS: '0' },
  });
  expect(exitCode).toBe(1);
  const places = lines.filter((line) => line.startsWith('✗')).map((line) => line.split(': ')[1]);
  expect(places.map((place) => place?.replace(/^line \d+, column \d+, /, ''))).toEqual(
    expect.arrayContaining(['REWIND_JOURNAL_URL', 'REWIND_SURVEY_SECONDS', 'sandboxes.uat', 'sandboxes.uat.approvers']),
  );
});

test('doctor › says of a password in the file that it should not stand there, without showing it', async () => {
  const { exitCode, lines } = await doctor({
    sandbox: {
      settings: { ...(fixture.target.settings as object), service: 'postgres://rewind:Winter-2026@127.0.0.1:1' },
    },
  });
  const remark = lines.findIndex((line) => line.includes('a password stands in the file'));
  expect(lines[remark]).toMatch(/^\? .*environments\.yaml: line \d+, column 7, sandboxes\.uat\.settings\.service: /);
  expect(lines[remark + 1]).toMatch(/^ {4}→ Instead: \$\{NAME\}/);
  expect(lines.join('\n')).not.toContain('Winter-2026');
  expect(exitCode).toBe(0);
});

test('doctor › says once that a server cannot be reached and why, whatever lies on it', async () => {
  const databases = { application: 'AxDB', financialReporting: 'ManagementReporter' };
  const ofUat = { application: 'AxDB_UAT', financialReporting: 'ManagementReporter_UAT' };
  const server = 'mssql://rewind:a-secret@127.0.0.1:1?trustServerCertificate=true';
  const { lines } = await doctor({
    source: { ...fixture.source, provider: 'sqlServer', databases, settings: { from: 'connection', server } },
    target: { ...fixture.target, provider: 'sqlServer', databases: ofUat, settings: { server } },
  });
  expect(lines.filter((line) => line.includes('127.0.0.1:1'))).toEqual([
    '✗ source prod: 127.0.0.1:1 refuses the connection: nothing listens on that port',
    '? rights on prod, sandbox uat, rights on uat, neighbours of uat: not looked at, for the reason above: 127.0.0.1:1 refuses the connection: nothing listens on that port',
  ]);
  expect(lines).toContain('    → Start the server, or correct host and port in the address.');
});

test('doctor › tells a journal apart that is not there, that does not know the login, and that has no such database', async () => {
  const at = new URL(journalUrl);
  const wrong = new URL(journalUrl);
  wrong.password = 'wrong';
  const gone = new URL(journalUrl);
  gone.pathname = '/gone';
  const reasonOf = async (url: string) => examineJournal(url, systemClock).catch((error: unknown) => String(error));
  expect(await reasonOf('postgres://rewind:x@127.0.0.1:1/rewind')).toContain('refuses the connection');
  expect(await reasonOf(wrong.href)).toContain(`${at.host} refuses the login`);
  expect(await reasonOf(gone.href)).toContain(`${at.host} has no database of that name`);
});

test('doctor › finds a sandbox that is production', async () => {
  const settings = { ...(fixture.target.settings as object), folder: join(fixture.root, 'prod') };
  const { exitCode, lines } = await doctor({ sandbox: { settings } });
  expect(lines).toContain('✗ production as target: uat is the same database as the production source prod');
  expect(exitCode).toBe(1);
});

test('doctor › looks at the sandboxes that a worker with this file serves, and says which it does not', async () => {
  const { exitCode, lines } = await doctor({ serves: ['uat'] });
  expect(lines.filter((line) => /(sandbox|command \w+ of) test/.test(line))).toEqual([
    '? sandbox test: not served by a worker with this file: run `rewind doctor` where one is',
  ]);
  expect(exitCode).toBe(0);
});

test('doctor › sees an empty journal, and does not fill it', async () => {
  const url = await server.newDatabase();
  const [tables] = await examineJournal(url, systemClock);
  expect(tables && describeFinding(tables)).toBe(
    '✗ journal: reachable, lacks 0001-five-tables, 0002-cards-of-gone-chats, 0003-evidence, 0004-what-is-asked-of-many-runs, 0005-messages, 0006-reaching-people, 0007-freezes, 0008-webhooks, 0009-first-words, 0010-reports, 0011-chat-readers, 0012-reservations, 0013-exceptions, 0014-profiles, 0015-schedules, 0016-lists-from-the-end, 0017-schedule-records, 0018-schedule-protocol\n    → Run `rewind migrate`, or start the bot or a worker.',
  );
  expect(await server.query(url, server.dialect.tableNames)).toEqual([]);
});

test.for([
  [29, 'good'],
  [-31, 'doubtful'],
  [290, 'doubtful'],
  [-310, 'bad'],
] as const)('doctor › a clock that differs by %i s is %s', async ([seconds, outcome]) => {
  const clock = { ...systemClock, now: () => new Date(Date.parse(systemClock.now()) - seconds * 1000).toISOString() };
  const [, clocks] = await examineJournal(journalUrl, clock);
  expect(clocks?.outcome).toBe(outcome);
  expect(clocks?.detail).toContain(seconds < 0 ? 'behind' : 'ahead');
});

test('doctor › knows a Redis that drops or forgets jobs', async () => {
  await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru', 'appendonly', 'no');
  const findings = await examineRedis(redis.url);
  await redis.client.config('SET', 'maxmemory-policy', 'noeviction', 'appendonly', 'yes');
  expect(findings.map(({ outcome, subject }) => `${outcome} ${subject}`)).toEqual([
    'good Redis',
    'bad Redis maxmemory-policy',
    'doubtful Redis persistence',
  ]);
});

test('doctor › names who logs in to a journal on SQL Server, and why one cannot', async () => {
  const standIn = await startTestStandIn();
  await using _server = standIn;
  await standIn.standIn.administer('master', 'CREATE DATABASE rewind');
  const url = standIn.standIn.url('sa', 'rewind');
  const [tables] = await examineJournal(url, systemClock);
  expect(tables?.detail).toMatch(/^reachable as SQL login sa, lacks /);
  const { exitCode, lines } = await doctor({ variables: { REWIND_JOURNAL_URL: url.replace('sa:', 'sa:x') } });
  expect(lines).toContainEqual(
    expect.stringMatching(/^✗ journal: .*refuses the login.*SQL login sa, SQL Server error 18456/),
  );
  expect(exitCode).toBe(1);
});

test('doctor › lists what a SQL Server login has and lacks, with the statement that gives it', async () => {
  const standIn = await startTestStandIn();
  await using sqlServer = await createSqlServerFixture(standIn);
  await standIn.standIn.administer('master', 'REVOKE VIEW ANY DEFINITION TO [rewind_rewindtest]');
  const { exitCode, lines } = await doctor({ source: sqlServer.source, target: sqlServer.target });
  const rights = lines.filter((line) => line.includes('rights on'));
  expect(rights.filter((line) => line.startsWith('✓')).length).toBeGreaterThan(3);
  const { port } = standIn.standIn;
  expect(rights).toContain(`✓ rights on uat: login as SQL login rewind_rewindtest (at 127.0.0.1:${String(port)})`);
  const lacking = lines.findIndex((line) => line.startsWith('✗ rights on uat: lacks VIEW ANY DEFINITION'));
  expect(lines[lacking + 1]).toBe('    → GRANT VIEW ANY DEFINITION TO [rewind_rewindtest];');
  const neighbours = lines.filter((line) => line.includes('neighbours of'));
  expect(neighbours).toEqual([
    '? neighbours of uat: not visible to the service: synonyms of prodax_rewindtest, prodmr_rewindtest',
    expect.stringMatching(/^✓ neighbours of uat: Leave the copies out of backup and maintenance jobs: uatax_/),
  ]);
  expect(exitCode).toBe(1);
  expect(lines.join('\n')).not.toContain('Conformance-2026!');
});

test('doctor › says what a server sees of the backups that it is to read, and what of them does not count', async () => {
  const standIn = await startTestStandIn();
  await using sqlServer = await createSqlServerFixture(standIn, 'backup-location');
  const { source, target } = sqlServer;
  const name = `${source.databases.application}_3.trn`;
  for (let log = 0; log < 2; log += 1) await sqlServer.archive();
  const damaged = findBackupFile(standIn.standIn.state.share, `${standIn.backupFolder}${name}`);
  if (damaged) damaged.fault = { kind: 'not-a-backup' };
  const ofProd = async (settings: object) =>
    (await doctor({ source: { ...source, settings: { ...(source.settings as object), ...settings } }, target })).lines;

  const lines = await ofProd({});
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^✓ rights on prod: backup folder \/var\/opt\/mssql\/backup\/ \(6 backup files are listed there\)$/,
    ),
  );
  expect(lines).toContainEqual(expect.stringContaining(`? source prod: One backup file does not count. `));
  expect(lines.join('\n')).toMatch(new RegExp(`${name} is damaged or incomplete \\(SQL Server error 3241`));
  const nowhere = await ofProd({ backupFolders: ['/mnt/none'] });
  expect(nowhere).toContainEqual(
    expect.stringMatching(/^✗ rights on prod: lacks backup folder \/mnt\/none \(.* lists nothing/),
  );
  expect(nowhere).toContainEqual(expect.stringMatching(/^✗ source prod: .*lists nothing in \/mnt\/none/));
});
