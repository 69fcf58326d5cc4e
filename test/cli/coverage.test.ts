import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { DEFAULT_PACKS } from '../../engine/contracts.ts';
import { JONAS, MIRA, TENANT } from '../builders.ts';
import { startStandIn, type StandIn } from '../sqlServer/standIn.ts';
import { rewind } from './house.ts';

/** A company with customizations that no pack knows. `{text}` is a text of so many characters, `{bytes}` are bytes. */
const TABLES = [
  `CREATE TABLE "CONTOSOLOYALTY" ("RECID" bigint NOT NULL, "CARDNUMBER" {text:30} NOT NULL, "HOLDER" {text:60} NOT NULL, "REMARK" {text:200} NOT NULL, "POINTS" int NOT NULL)`,
  `CREATE TABLE "CONTOSOSHOP" ("RECID" bigint NOT NULL, "CITYNAME" {text:60} NOT NULL, "INSIDEAREA" {text:10} NOT NULL, "CALLBACK" {text:100} NOT NULL, "BLOB" {bytes})`,
  `CREATE TABLE "CONTOSONEWSLETTER" ("ID" {text:20} NOT NULL, "EMAIL" {text:80} NOT NULL)`,
];
const ROWS = [
  ...[1, 2, 3, 4].map(
    (n) =>
      `INSERT INTO "CONTOSOLOYALTY" ("RECID", "CARDNUMBER", "HOLDER", "REMARK", "POINTS") VALUES (${String(n)}, 'L000${String(n)}', 'Mira Okafor', '${n === 1 ? 'ask mira.okafor@contoso.example' : 'none'}', ${String(n)})`,
  ),
  `INSERT INTO "CONTOSOSHOP" ("RECID", "CITYNAME", "INSIDEAREA", "CALLBACK") VALUES (1, 'Bonenburg', '12', 'https://shop.contoso.example/hook')`,
  `INSERT INTO "CONTOSONEWSLETTER" ("ID", "EMAIL") VALUES ('MIRA', 'mira.okafor@contoso.example')`,
];
const PACK = `
name: contoso
title: Ours
harmless:
  - { table: CONTOSOSHOP, columns: [CITYNAME], reason: Towns with a shop., owner: Mira Okafor, date: 2026-11-30 }
elements:
  - id: contoso-newsletter
    title: Newsletter
    source: Policy 7
    disposition: cleared
    reason: They get mail.
    rules:
      - id: contoso-mails
        table: CONTOSONEWSLETTER
        action: clear-columns
        columns: [EMAIL]
        offending: [{ column: EMAIL, isNotEmpty: true }]
      - id: contoso-gone
        table: CONTOSOGONE
        action: delete-rows
        offending: any-row
`;

const folder = mkdtempSync(join(tmpdir(), 'rewind-coverage-'));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
write('contoso.yaml', PACK);

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ logins: [{ name: 'rewind', password: 'Rewind-2026!' }] });
  await standIn.administer('master', 'CREATE DATABASE [AxDB_uat]');
  for (const text of [...TABLES, ...ROWS])
    await standIn.administer(
      'AxDB_uat',
      text.replaceAll(/\{text:(\d+)\}/g, 'nvarchar($1)').replaceAll('{bytes}', 'varbinary(max) NULL'),
    );
  await standIn.administer('master', 'CREATE DATABASE [MR_uat]');
  await standIn.administer('MR_uat', 'CREATE TABLE REPORTREADER (ID int NOT NULL, EMAIL nvarchar(80) NOT NULL)');
  await standIn.administer('MR_uat', "INSERT INTO REPORTREADER VALUES (1, 'mira.okafor@contoso.example')");
  await standIn.administer('MR_uat', 'CREATE USER rewind FOR LOGIN rewind; ALTER ROLE db_owner ADD MEMBER rewind');
  await standIn.administer('AxDB_uat', 'CREATE USER rewind FOR LOGIN rewind; ALTER ROLE db_owner ADD MEMBER rewind');
  const sandbox = (packs: readonly string[]) => ({
    provider: 'sqlServer',
    databases: { application: 'AxDB_uat', financialReporting: 'MR_uat' },
    ...{ sources: ['prod'], requesters: [JONAS.id], approvers: [MIRA.id], packs },
    administrator: { signIn: 'admin@contoso.example', objectId: MIRA.id, tenantId: TENANT },
    settings: { server: '${SANDBOX_SERVER}' },
  });
  const environments = {
    sources: { prod: { provider: 'sqlServer', databases, settings: { from: 'history-file', file: 'none.json' } } },
    sandboxes: { uat: sandbox([...DEFAULT_PACKS, 'contoso']), dev: sandbox(['contoso']) },
  };
  write('environments.yaml', stringify(environments));
}, 60_000);
afterAll(async () => {
  await standIn.close();
  rmSync(folder, { recursive: true });
});
const databases = { application: 'AxDB', financialReporting: 'MR' };
beforeEach(() => {
  const variables = {
    TEAMSFX_ENV: 'none',
    REWIND_PACKS: folder,
    REWIND_ENVIRONMENTS: join(folder, 'environments.yaml'),
    SANDBOX_SERVER: standIn.url('rewind'),
    OLD_UAT: standIn.url('rewind', 'AxDB_uat'),
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
});

const page = readFileSync(new URL('../../docs/how-to/find-uncovered-columns.md', import.meta.url), 'utf8');
const shown = [...page.matchAll(/^ {3}```(\w*)\n([\s\S]*?)^ {3}```/gm)]
  .filter(([, language]) => language !== 'sh')
  .map(([, , text = '']) => text.replaceAll(/^ {3}/gm, '').trimEnd());

test('coverage › says of a sandbox what no pack speaks of, worst first, as the how-to shows', async () => {
  const { out, exitCode } = await rewind('coverage', '--sandbox', 'uat');
  expect(out).toBe(shown[0]);
  expect(exitCode).toBe(1);
});

test('coverage › says the same of a database by its address in a variable', async () => {
  const packs = [...DEFAULT_PACKS, 'contoso'].flatMap((pack) => ['--pack', pack]);
  const { out } = await rewind('coverage', '--url-from', 'OLD_UAT', ...packs);
  expect(out.split('\n')[0]).toBe(
    'the database of OLD_UAT: 12 columns of 3 tables, packs lcs-2026, quiet, personal-data, contoso',
  );
  expect(out.split('\n').slice(1)).toEqual(shown[0]?.split('\n').slice(1));
});

test('coverage › shows first what is new since a baseline, and ends well where nothing is', async () => {
  const baseline = join(folder, 'accepted.json');
  await rewind('coverage', '--sandbox', 'uat', '--write-baseline', baseline);
  expect(await rewind('coverage', '--sandbox', 'uat', '--baseline', baseline)).toMatchObject({
    exitCode: 0,
    out: expect.stringMatching(
      /^ {2}0 unknown columns are new since the baseline$[\s\S]*^Accepted in the baseline: 4$/m,
    ),
  });

  await standIn.administer('AxDB_uat', 'CREATE TABLE "CONTOSONEW" ("POSTCODE" nvarchar(10) NULL, "LEVELS" int NULL)');
  const after = await rewind('coverage', '--sandbox', 'uat', '--baseline', baseline);
  await standIn.administer('AxDB_uat', 'DROP TABLE "CONTOSONEW"');
  expect(after.exitCode).toBe(1);
  expect(after.out.split('\n').slice(2, 6)).toEqual([
    '  2 unknown columns are new since the baseline',
    '5 columns look personal or secret, and nobody has decided.',
    'Not accepted in the baseline: 1',
    '✗ dbo.CONTOSONEW.POSTCODE: address by its name (POSTCODE)',
  ]);
});

test('coverage › writes a pack to start from, which can be checked and tried', async () => {
  const skeleton = await rewind('coverage', '--sandbox', 'uat', '--skeleton');
  const file = write('found-by-coverage.yaml', skeleton.out);
  const checked = await rewind('packs', 'check', file);
  const tried = await rewind('packs', 'try', file, '--url-from', 'OLD_UAT');
  rmSync(file);
  expect(skeleton.out).toBe(shown[1]);
  expect(checked.out).toBe('✓ found-by-coverage.yaml: ok, 3 rules');
  expect({ ...tried, out: withoutMadeUp(tried.out) }).toMatchObject({
    exitCode: 0,
    out: withoutMadeUp(shown[2] ?? ''),
  });
  // One person has all the cards.
  expect(new Set(tried.out.match(/HOLDER .*$/gm)).size).toBe(1);
});

/** What no two looks share: what it looks like. */
const withoutMadeUp = (text: string) =>
  text.replaceAll(/[BCDFGHJKMNPQRTVX]{16}/g, '(token)').replaceAll(/[A-Z][a-z]+ [A-Z][a-z]+ ~/g, '(person)');

test('coverage and packs try › look at the Financial Reporting database where it is meant, and at the rules for it', async () => {
  const { out, exitCode } = await rewind('coverage', '--environment', 'dev', '--database', 'financialReporting');
  expect(out.split('\n')).toEqual([
    'dev, Financial Reporting: 2 columns of 1 table, packs contoso',
    '  0 ruled, 0 declared harmless, 0 of the application itself, 2 unknown',
    '1 column looks personal or secret, and nobody has decided.',
    '✗ dbo.REPORTREADER.EMAIL: e-mail: e-mail addresses in 100 % of 1 value; e-mail by its name (EMAIL)',
  ]);
  expect(exitCode).toBe(1);
  const skeleton = await rewind('coverage', '--sandbox', 'dev', '--database', 'financialReporting', '--skeleton');
  expect(skeleton.out).toContain('        database: financialReporting\n        table: REPORTREADER\n');

  const file = write('found-by-coverage.yaml', skeleton.out);
  const tried = await rewind('packs', 'try', file, '--environment', 'dev', '--database', 'financialReporting');
  const other = await rewind('packs', 'try', file, '--environment', 'dev');
  rmSync(file);
  expect(tried.out.split('\n').slice(0, -1)).toEqual([
    'dev, Financial Reporting: 1 rule of found-by-coverage tried on 1 table; nothing has been changed',
    'REPORTREADER, 1 row',
    '  reportreader-masked (mask): 1 row',
    expect.stringMatching(/^ {4}EMAIL ●●●● \(27 characters\) → u[0-9a-f]{16}@masked\.invalid$/),
  ]);
  expect(other.err).toContain('No sanitization rule');
});

test('coverage and packs try › repeat no value and no address, also as JSON', async () => {
  const answers = [
    await rewind('coverage', '--url-from', 'OLD_UAT', '--json', '--pack', 'contoso'),
    await rewind('coverage', '--url-from', 'OLD_UAT', '--pack', 'contoso'),
    await rewind('packs', 'try', join(folder, 'contoso.yaml'), '--url-from', 'OLD_UAT', '--json'),
  ];
  const said = answers.map(({ out, err }) => out + err).join('\n');
  for (const secret of ['Okafor', 'okafor@', 'ask ', 'shop.contoso', 'Bonenburg', 'Rewind-2026', '127.0.0.1'])
    expect(said.replaceAll('Mira Okafor', 'the owner')).not.toContain(secret);
  expect(JSON.parse(answers[0]?.out ?? '')).toMatchObject({
    counts: { columns: 12, tables: 3, ruled: 1, harmless: 1, system: 2, unknown: 8, suspicious: 4, notAccepted: 4 },
  });
});

test('packs try › counts what each rule would change, says what is skipped, and changes nothing', async () => {
  const rows = () => standIn.administer('AxDB_uat', 'SELECT * FROM "CONTOSONEWSLETTER"');
  const before = await rows();
  const tried = await rewind('packs', 'try', join(folder, 'contoso.yaml'), '--url-from', 'OLD_UAT');
  expect(tried).toEqual({
    exitCode: 0,
    err: '',
    out: [
      'the database of OLD_UAT: 1 rule of contoso tried on 1 table; nothing has been changed',
      'CONTOSONEWSLETTER, 1 row',
      '  contoso-mails (clear-columns): 1 row',
      '    EMAIL ●●●● (27 characters) → cleared',
      'Skipped, no such table: contoso-gone',
      'Every rule fits.',
    ].join('\n'),
  });
  expect((await rewind('packs', 'try', '--sandbox', 'dev')).out.split('\n').slice(1)).toEqual(
    tried.out.split('\n').slice(1),
  );
  expect(await rows()).toEqual(before);
  expect(before).toHaveLength(1);
});

test('packs try › says where a rule does not fit, as a refresh would', async () => {
  const tooLong = PACK.replace('CONTOSONEWSLETTER', 'CONTOSOSHOP')
    .replace('action: clear-columns', 'action: set-columns')
    .replace('columns: [EMAIL]', 'values: { INSIDEAREA: not for everybody }')
    .replace('column: EMAIL', 'column: INSIDEAREA');
  const { out, exitCode } = await rewind('packs', 'try', write('contoso.yaml', tooLong), '--url-from', 'OLD_UAT');
  write('contoso.yaml', PACK);
  expect(out).toMatch(
    /✗ contoso-mails \(contoso, line 13\): dbo\.CONTOSOSHOP\.INSIDEAREA holds 10 characters, .*\n {4}→ \S/,
  );
  expect(out).toMatch(/1 place where a rule does not fit: nothing would be sanitized$/);
  expect(exitCode).toBe(1);
});

test.each([
  ['neither', ['coverage'], /→ Name a sandbox of environments\.yaml, or a variable/],
  ['both', ['coverage', '--sandbox', 'uat', '--url-from', 'OLD_UAT'], /→ Name a sandbox/],
  ['an unknown sandbox', ['coverage', '--sandbox', 'gone'], /no sandbox gone.*\n→ There are: uat, dev\./],
  ['an unset variable', ['coverage', '--url-from', 'NOWHERE'], /→ The variable behind --url-from is not set/],
  ['an address', ['coverage', '--url-from', 'postgres://sa:hush@db/x'], /^rewind coverage(?!.*hush)[^]*is not set/],
  ['an unknown pack', ['coverage', '--url-from', 'OLD_UAT', '--pack', 'none'], /none is not among the packs/],
  ['no baseline', ['coverage', '--sandbox', 'uat', '--baseline', '/nowhere.json'], /nowhere\.json/],
  [
    'another file as baseline',
    ['coverage', '--sandbox', 'uat', '--baseline', 'package.json'],
    /is no baseline of columns\n→/,
  ],
  ['a pack that is wrong', ['packs', 'try', 'package.json', '--sandbox', 'uat'], /is no name of a pack/],
  [
    'a database that is none of Finance & Operations',
    ['packs', 'try', '--sandbox', 'uat'],
    /has no table [^]*not a Finance/,
  ],
  ['a try without a place', ['packs', 'try'], /→ Name a sandbox/],
  [
    'a third database',
    ['packs', 'try', '--sandbox', 'uat', '--database', 'x'],
    /→ Behind --database stands application or/,
  ],
  ['a check with an option', ['packs', 'check', 'x.yaml', '--json'], /^rewind packs check/],
])('coverage and packs › with %s say what to do', async (_, words, expected) => {
  const { exitCode, out, err } = await rewind(...words);
  expect(out + err).toMatch(expected);
  expect(exitCode).toBe(1);
});

test.each([
  ['no address', 'hush', /behind --url-from cannot be used: it is no address/],
  ['no database', 'postgres://a:hush@127.0.0.1:1', /it names no database/],
  ['not percent-encoded', 'postgres://a:hush%@127.0.0.1:1/x', /% is written %25/],
  ['another kind of server', 'mysql://a:hush@db/x', /is not an address mssql:\/\//],
  [
    'a server that trusts anybody',
    'mssql://a:hush@db.contoso.example/x?trustServerCertificate=true',
    /only a server on 127/,
  ],
  ['nobody there', 'postgres://a:hush@127.0.0.1:1/x', /127\.0\.0\.1:1/],
])('coverage › an address that is %s is refused without a word of it', async (_, address, expected) => {
  vi.stubEnv('OLD_UAT', address);
  const { err, exitCode } = await rewind('coverage', '--url-from', 'OLD_UAT');
  expect(err).toMatch(expected);
  expect(err).not.toContain('hush');
  expect(exitCode).toBe(1);
});

test('coverage › writes no baseline of a database that it could not look at', async () => {
  vi.stubEnv('OLD_UAT', 'postgres://a:b@127.0.0.1:1/x');
  await rewind('coverage', '--url-from', 'OLD_UAT', '--write-baseline', join(folder, 'never.json'));
  expect(existsSync(join(folder, 'never.json'))).toBe(false);
});
