import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ReportedRule } from '../../../engine/reports/report.ts';
import { reportPage } from '../../../engine/reports/reportPage.ts';
import { describeVerdict, reportText } from '../../../engine/reports/reportText.ts';
import { LEFT_BY_PACK, limitsOf } from '../../../engine/reports/limits.ts';
import { examineReport, signReport } from '../../../engine/reports/signedReport.ts';
import { packs } from '../../../cards/words/en/packs.ts';
import { DEFAULT_PACKS } from '../../../engine/contracts.ts';
import { scopeOf } from '../../../engine/proofs/kinds.ts';
import { rulesOf } from '../../../engine/sanitization/pack/rulePack.ts';
import { aFinding, NOW } from '../journal/builders.ts';
import { lcs2020 } from '../sanitization/packs.ts';
import { aReport, OWN } from './samples.ts';

/** Words that promise what nobody has proved. */
const NEVER = /certif|anonym|complian|\bGDPR\b|guarantee/i;

const report = aReport();
const aProofOf = () => {
  throw new Error('The sample has no proof');
};
const said = 'signed with reports-2026, and unaltered';

test('a report › promises nothing by a word, on paper, page or in the code that writes it', () => {
  const files = [
    ...globSync('engine/reports/*.ts'),
    ...globSync('cli/report/*.ts'),
    ...['bot/logs/reportRoute.ts', 'docs/how-to/read-a-report.md'],
  ];
  expect(files.length).toBeGreaterThan(8);
  const texts = [
    ...files.map((file) => [file, readFileSync(file, 'utf8')] as const),
    ['the terminal', reportText(report, said)] as const,
    ['the page', reportPage(report, said).html] as const,
    ['the file', signReport(report, OWN.own).text] as const,
    [
      'the limits',
      [
        ...limitsOf({ withoutPacks: [...LEFT_BY_PACK.keys()].map((pack) => ({ pack })), proofs: [], rules: [] }, false),
      ].join('\n'),
    ] as const,
    ['a verdict', describeVerdict(examineReport('', []), [])] as const,
  ];
  expect(texts.filter(([, text]) => NEVER.test(text)).map(([name]) => name)).toEqual([]);
});

test('what proofs, steps and cards say of a copy › promises as little, wherever it comes to be read', () => {
  const files = globSync([
    ...['engine/proofs/**/*.ts', 'engine/customizations/*.ts', 'engine/steps/*.ts', 'engine/runs/exceptions/*.ts'],
    ...[
      'engine/sanitization/{coverage,profile,target,outside}/**/*.ts',
      'engine/sanitization/*.ts',
      'engine/contracts/*.ts',
    ],
    ...['cards/{words,run,plan}/**/*.ts', 'cards/templates/*.json', 'cli/{coverage,profile}/*.ts', 'demo/play/*.ts'],
    ...['docs/{search,profile,a-week}.md', 'docs/how-to/{accept-a-finding,find-uncovered-columns,erase-again}.md'],
  ]);
  expect(files.length).toBeGreaterThan(150);
  // Comments are read by nobody who reads a report; in capitals it is part of the names of columns that are secret.
  const saidIn = (file: string) =>
    readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\bCERT(?:IFICATE)?\b/gm, '');
  expect(files.filter((file) => /certif|anonym|complian/i.test(saidIn(file)))).toEqual([]);
  // There it is a thing of SQL Server's, and nothing else.
  const standIn = readFileSync('docs/sql-server-stand-in.md', 'utf8');
  expect(standIn).not.toMatch(/anonym|complian|certified/i);
});

test('what stays without a pack › is said as on the card', () => {
  expect([...LEFT_BY_PACK]).toEqual(packs.packs.leaves.map(([name, text]) => [name, String(text)]));
});

test('the limits › say what was sampled, what no proof has looked at, and what the signature is worth', () => {
  const [proof] = report.proofs;
  if (!proof) throw new Error('The sample has no proof');
  const nothing = { withoutPacks: [], proofs: [], rules: [] };
  expect(limitsOf(nothing, true)).toEqual(
    expect.arrayContaining([
      'No proof has searched the copy for values of production.',
      'No proof has looked at what became of every column.',
      'The signature shows that this file is as the worker made it. It does not show that nothing was overlooked.',
    ]),
  );
  const sampled = limitsOf({ ...nothing, proofs: [{ ...proof, sampled: true }] }, true).join('\n');
  expect(sampled).toContain('“sampled”');
  expect(sampled).not.toContain('No proof has searched');
});

test('a report › says of the Financial Reporting database what its rules did there, and that none did only where none did', () => {
  const untouched = 'No rule has changed the Financial Reporting database: it is as it was restored.';
  const users: ReportedRule = {
    rule: 'report-users',
    pack: 'personal-data',
    database: 'financialReporting',
    table: 'SECURITYUSER',
    rows: 60,
    offendingRows: 0,
  };
  const limits = (rules: ReportedRule[]) => limitsOf({ withoutPacks: [], proofs: [], rules }, true);
  expect(limits([...report.rules])).toContain(untouched);
  expect(limits([...report.rules, { ...users, skipped: 'no such table' }])).toContain(untouched);
  expect(limits([...report.rules, users])).not.toContain(untouched);
  const text = reportText(aReport({ rules: [...report.rules, users] }), said);
  expect(text).toMatch(/report-users +SECURITYUSER, Financial Reporting +60/);
});

test('a report › counts what the profile has brought back, and names nobody; an older one says nothing of it', () => {
  const users: ReportedRule = {
    ...{ rule: 'profile-users', pack: '', database: 'application', table: 'USERINFO', offendingRows: 0 },
  };
  const rules = [...report.rules, users];
  const profile = [
    { part: 'users', done: 12, left: 3 },
    { part: 'jobs', done: 1_204, left: 0 },
    { part: 'of a later version', done: 1, left: 1 },
  ];
  const text = reportText(aReport({ rules, profile }), said);
  expect(text).toMatch(
    /What the profile brought back\n +Users: 12 enabled again, 3 stay disabled\.\n +Batch jobs: 1,204 released\.\n +of a later version: 1 brought back, 1 not\./,
  );
  expect(text).toMatch(/profile-users +USERINFO +by the profile +0/);
  expect(reportText(aReport({ profile: [] }), said)).toMatch(/What the profile brought back\n +Nothing\./);
  const former = reportText(aReport({ rules }), said);
  expect(former).not.toContain('What the profile');
  expect(former).toMatch(/profile-users +USERINFO +not counted +0/);
});

test('a report in the terminal › says what was searched, what was not, each rule, and the limits', () => {
  expect(`\n${reportText(report, said)}\n`).toMatchInlineSnapshot(`
    "
    Report of R-1042: signed with reports-2026, and unaltered

    What it is about
      Run              R-1042
      Sandbox          uat (sql-uat-01/9a2e)
      Source           prod (sql-prod-01/4f1c)
      Recovery point   2026-11-20T18:00:00.000Z
      Made at          2026-11-20T18:00:00.000Z
      Plan             5f0c8d3b9e7a61425f0c8d3b9e7a61425f0c8d3b9e7a61425f0c8d3b9e7a6142
      Record before it 42, 0f1e2d3c4b5a69780f1e2d3c4b5a69780f1e2d3c4b5a69780f1e2d3c4b5a6978

    What was proved
      Post-conditions: 3 of 4 rules looked at, in 3 tables, 0 rows not as they say; the other 1 had nothing to look at.
      Search for values of production (verify-sanitization, 2026-11-20T18:00:00.000Z): 0 of 5,210 protected values in 1,893 columns of 214 tables, 392.9 MB; 0 findings.

    What was not searched
      Pack personal-data did not run: Load test with real names (Team Finance; left out until 2026-12-31)
      Search for values of production: columns of type geography: they hold no text

    What this report does not say
      Names, addresses, numbers and notes of people are as in production.
      Columns that no rule names are as in production, those of customizations as well.
      No rule has changed the Financial Reporting database: it is as it was restored.
      No proof has looked at what became of every column.
      Values that are cut off, encrypted, compressed, misspelled or put together from parts are not recognised.
      Until it was clean, the copy held production’s data: whoever administers its server or storage could read it.
      Backups and snapshots that somebody else made of the copy or its storage before that may hold production’s data.
      Pages that the database has freed, and its log, may hold deleted values until they are written over.
      What is written after this report (synchronization, services, people) is not covered.
      The signature shows that this file is as the worker made it. It does not show that nothing was overlooked.

    Packs
      lcs-2026         31 rules in the pack, c0ffee1234567890c0ffee1234567890c0ffee1234567890c0ffee1234567890
      quiet            24 rules in the pack, badcafe123456789badcafe123456789badcafe123456789badcafe123456789
      All of them      a1b2c3d4e5f60718a1b2c3d4e5f60718a1b2c3d4e5f60718a1b2c3d4e5f60718

    Rules
      Rule                               Table                              Rows changed   Not as proved
      email-addresses                    LOGISTICSELECTRONICADDRESS         41,207         0
      batch-jobs                         BATCHJOB                           about 1,204    0
      printers                           PRINTMGMTSETTINGS                  17 kept        0

    Rules that had nothing to look at
      no such table    retail-keys (RETAILKEYS)

    Decisions
      Confirmed by a requester, in Teams, at 2026-11-20T18:00:00.000Z: record 5, signed with 2026a.
      Approved by an approver, a second person, in a terminal, at 2026-11-20T18:00:00.000Z: record 6, not signed.
    "
  `);
});

test('a report with exceptions › says so at its top, in the terminal and on the page', () => {
  const excepted = aReport({
    exceptions: [
      {
        ...{ by: 'Noor Haddad', reason: 'A shop of our own', until: '2026-12-31', at: NOW, run: 'R-1042' },
        findings: [{ ...aFinding(), count: 1284 }],
      },
    ],
  });
  const text = reportText(excepted, said).split('\n\n');
  expect(text[1]).toBe(
    [
      'With exceptions',
      `  Accepted by Noor Haddad at ${NOW} (R-1042), until 2026-12-31: A shop of our own`,
      '  axdb.dbo.CONTOSONOTES.MEMO: mail, 1,284',
    ].join('\n'),
  );
  const { html } = reportPage(excepted, said);
  expect(html.indexOf('With exceptions')).toBeLessThan(html.indexOf('What it is about'));
  expect(limitsOf({ withoutPacks: [], proofs: [], rules: [], hasExceptions: true }, true).join()).toContain(
    'What was accepted as an exception is in the sandbox',
  );
});

test('a report › says what became of the columns, those in doubt by name, and what the sandbox alone enforces', () => {
  const [sample = aProofOf()] = report.proofs;
  const column = { database: 'axdb', schema: 'dbo', table: 'CONTOSONOTES', column: 'MEMO' };
  const coverage = {
    ...{ ruled: 214, harmless: 6, system: 3102, unknown: 118, looked: 90, hasBaseline: false, more: 3 },
    suspicious: [{ ...column, looksLike: ['note'] }],
  };
  const searched = { tables: 409, columns: 3440, bytes: 0, values: 0 };
  const misfit = { kind: 'unique', name: 'I_LOYALTY', table: 'CONTOSOLOYALTY', columns: ['CUSTACCOUNT'], rows: 82 };
  const text = reportText(
    aReport({
      proofs: [{ ...sample, name: 'coverage', searched, coverage }],
      customizations: { own: 12, untried: 1, misfits: [misfit] },
    }),
    said,
  );
  expect(text).toContain('Coverage of the columns (verify-sanitization');
  expect(text).toMatch(/Columns: 3,440 of 409 tables\n +Ruled +214\n +Harmless +6, declared so in a pack/);
  expect(text).toContain('axdb.dbo.CONTOSONOTES.MEMO looks like note');
  expect(text).toContain('3 more; rewind coverage names them');
  // No finding is not the same as nothing left to decide.
  expect(text).toMatch(/Coverage of the columns .*; none that refuses the switch; 4 undecided\./);
  expect(text).toMatch(/New ones +not told: no list of accepted columns is kept for this sandbox/);
  expect(text).toContain('10 of 12 fit the copy; 1 could not be tried.');
  expect(text).toContain('I_LOYALTY on CONTOSOLOYALTY (CUSTACCOUNT) does not: 82 rows.');
});

test('a report of a refresh with lcs-2020 alone › says what nothing was searched for, and what is as in production', () => {
  const [sample = aProofOf()] = report.proofs;
  const { notSearched } = scopeOf(rulesOf(lcs2020));
  const withoutPacks = DEFAULT_PACKS.map((pack) => ({ pack }));
  const proofs = [{ ...sample, notSearched: [...notSearched] }];
  const limits = [...limitsOf({ withoutPacks, proofs, rules: [] }, true)];
  const text = reportText(aReport({ withoutPacks, proofs, limits }), said);
  for (const what of ['mail addresses', 'phone numbers', 'bank account numbers', 'full names'])
    expect(text).toContain(`Search for values of production: ${what}: no chosen rule pack masks them`);
  for (const pack of DEFAULT_PACKS) expect(text).toContain(`Pack ${pack} did not run`);
  for (const left of LEFT_BY_PACK.values()) expect(text).toContain(left);
  expect(text).not.toMatch(/sanitized/i);
});

test('a report › makes nothing of what somebody has written into it', () => {
  const hostile = aReport({
    withoutPacks: [
      { pack: 'quiet', reason: '<img src=x onerror=alert(1)>\u202e\n\u001b[31m', owner: '"><script>', until: '' },
    ],
  });
  const { html, contentSecurityPolicy } = reportPage(hostile, said, 'x"onload=1/file');
  expect(html).not.toMatch(/<img|<script|"onload/);
  expect(contentSecurityPolicy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'/);
  for (const text of [html, reportText(hostile, said)])
    expect(['\u202e', '\u001b'].filter((sign) => text.includes(sign))).toEqual([]);
});
