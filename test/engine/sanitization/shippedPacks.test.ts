import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FINGERPRINT_TABLES } from '../../../demo/company/fingerprint.ts';
import { PROFILES } from '../../../demo/company/profiles.ts';
import { companyTables } from '../../../demo/company/schema/company.ts';
import { hashPacks } from '../../../engine/sanitization/pack/hashPacks.ts';
import { rulesOf, type Rule } from '../../../engine/sanitization/pack/rulePack.ts';
import { selectPacks } from '../../../engine/sanitization/pack/selectPacks.ts';
import { lcs2020, shippedPack } from './packs.ts';

const SHIPPED = ['lcs-2020', 'lcs-2023', 'lcs-2026', 'quiet', 'personal-data'].map(shippedPack);
const USUAL = ['lcs-2026', 'quiet', 'personal-data'];

test('lcs-2020 › is what it always was: plans that were approved with it stay approved', () => {
  expect(hashPacks(lcs2020)).toBe('07542c9b3ad9a8fe9ba054b8c62c885df00c20f41b17331f8b9c743f424dbf0f');
});

test.each([
  [USUAL],
  [['lcs-2026']],
  [['quiet']],
  [['personal-data']],
  [['quiet', 'personal-data']],
  [['lcs-2020', 'lcs-2023', 'quiet', 'personal-data']],
  [['lcs-2023', 'quiet', 'personal-data']],
])('the shipped packs › %j fit each other', (names) => {
  const rules = rulesOf(selectPacks(names, SHIPPED));

  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});

test('the shipped packs › keep the rows of a table once, whichever of them run together', () => {
  const kept = (names: readonly string[]) =>
    rulesOf(selectPacks(names, SHIPPED))
      .filter(({ action }) => action === 'keep-rows')
      .map(({ table }) => table);
  for (const names of [USUAL, ['lcs-2020', 'quiet', 'personal-data'], ['lcs-2023', 'quiet', 'personal-data']])
    expect(kept(names)).toEqual([...new Set(kept(names))]);
});

const QUOTED = new Set([
  'The Admin user must make required configuration changes, such as reconnecting integration endpoints to specific services or URLs.',
  'For example, duplicate emails might be sent because Simple Mail Transfer Protocol (SMTP) is still enabled in the UAT environment, invalid integration messages might be sent because batch jobs are still enabled, and users might be enabled before admins can perform post-refresh cleanup activities.',
  'All data management framework recurring import and export jobs must be fully processed and stopped in the target system before initiating the restore.',
  'This process allows the Admin user to delete or obfuscate data before allowing other users back into the system.',
]);

test.each(['quiet', 'personal-data'])('%s › quotes the article of 2026 for every element', (name) => {
  const { elements } = shippedPack(name);

  expect(elements.filter(({ source }) => !QUOTED.has(source)).map(({ id }) => id)).toEqual([]);
});

test.each(['quiet', 'personal-data'])('%s › skips tables and columns that a release lacks', (name) => {
  const strict = rulesOf([shippedPack(name)]).filter(
    ({ whenAbsent, whenColumnAbsent, action, where }) =>
      whenAbsent === 'fail' || (whenColumnAbsent === 'fail' && (where !== undefined || !action.endsWith('-rows'))),
  );

  expect(strict.map(({ id }) => id)).toEqual([]);
});

/** Columns that are known to be personal or confidential, and what they are left for: docs/sanitization.md says the same. */
const LEFT: Readonly<Record<string, readonly string[]>> = {
  'keys by which everything else names a row': [
    ...[
      'USERINFO.ID',
      'SYSUSERINFO.ID',
      'DIRPERSONUSER.USER_',
      'WHSWORKUSER.USERID',
      'RETAILSTAFFCREDENTIALTABLE.CREDENTIALID',
    ],
    ...['CUSTTABLE.ACCOUNTNUM', 'VENDTABLE.ACCOUNTNUM', 'DIRPARTYTABLE.PARTYNUMBER', 'HCMWORKER.PERSONNELNUMBER'],
    ...['DIRPARTYTABLE.BANK', 'DIRPARTYTABLE.BANKACCTUSEDFOR1099', 'LEDGERJOURNALTRANS.CUSTVENDBANKACCOUNTID'],
    ...['CONTACTPERSON.CHARACTER', 'USERINFO.COMPANY', 'TAXREGISTRATION.ISSUER', 'SYSUSERINFO.SQMUSERGUID'],
  ],
  'country and region, which taxes depend on': [
    ...['LOGISTICSPOSTALADDRESS.COUNTRYREGIONID', 'LOGISTICSPOSTALADDRESS.COUNTY', 'LOGISTICSPOSTALADDRESS.STATE'],
  ],
  'names of batch jobs': ['BATCH.CAPTION', 'BATCHJOB.CAPTION', 'BATCHHISTORY.CAPTION', 'BATCHJOBHISTORY.CAPTION'],
  'what the company shows of itself': ['COMPANYIMAGE.IMAGE', 'SYSDOCUBRANDIMAGES.IMAGE', 'SYSDOCUBRANDDETAILS.URL'],
  'the tenant, the same for all, and the name of a database': [
    ...['USERINFO.NETWORKDOMAIN', 'USERINFO.IDENTITYPROVIDER', 'SYSOAUTHCONFIGURATION.TENANTID'],
    'RETAILCONNDATABASEPROFILE.DATABASE_',
  ],
};

test('the usual packs › have a rule for every column that is known to be personal, or it stands among those left', () => {
  const known: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(new URL('../../fixtures/personalColumns.json', import.meta.url), 'utf8'),
  );
  const rules = Map.groupBy(rulesOf(USUAL.map(shippedPack)), ({ table }) => table);
  const bare = Object.entries(known).flatMap(([table, columns]) =>
    columns
      .split(' ')
      .filter((column) => !(rules.get(table) ?? []).some((rule) => writes(rule, column)))
      .map((column) => `${table}.${column}`),
  );

  expect(Object.keys(known).length).toBeGreaterThan(140);
  expect(bare.toSorted()).toEqual(
    Object.values(LEFT)
      .flat()
      .filter((each) => bare.includes(each))
      .toSorted(),
  );
});

test('the demo › compares every column of a refreshed sandbox that the usual packs do not write', () => {
  const rules = rulesOf(USUAL.map(shippedPack));
  const tables = companyTables(PROFILES.prod).application.filter(({ schema }) => schema === undefined);
  const written = Object.keys(FINGERPRINT_TABLES.application).map((name) => {
    const columns = Object.keys(tables.find((table) => table.name === name)?.columns ?? {});
    const own = columns.filter((column) => rules.some((rule) => rule.table === name && writes(rule, column)));
    return [name, own.length === 0 ? [] : [...own, 'RECVERSION']];
  });

  expect(Object.fromEntries(written)).toEqual(FINGERPRINT_TABLES.application);
});

function writes(rule: Rule, column: string): boolean {
  switch (rule.action) {
    case 'delete-rows':
    case 'keep-rows':
      return rule.where === undefined;
    case 'set-columns':
      return column in rule.values;
    case 'mask':
      return column in rule.columns;
    case 'clear-columns':
    case 'keep-columns':
      return rule.columns.includes(column);
    case 'sql':
      return false;
  }
}
