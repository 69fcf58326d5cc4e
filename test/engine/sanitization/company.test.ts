import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseRole } from '../../../engine/contracts.ts';
import { postgres } from '../../../demo/company/dialects/postgres.ts';
import { COMPANY, PROFILES } from '../../../demo/company/profiles.ts';
import type { EnvironmentName } from '../../../demo/company/profiles.ts';
import { sanitizationFacts } from '../../../demo/company/sanitizationFacts.ts';
import { contentOf } from '../../../demo/company/schema/company.ts';
import { applyTargetSettings } from '../../../engine/sanitization/target/applyTargetSettings.ts';
import { sanitize } from '../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../engine/sanitization/verify.ts';
import { joinsOf } from '../../../demo/company/joins.ts';
import { attack, countOf, preyOf } from './attack.ts';
import { asMarkdown, rowsOf, withoutMadeUp } from './beforeAndAfter.ts';
import { usual as packs } from './packs.ts';
import { startTestServer } from './testDatabase.ts';
import type { TestDatabase, TestServer } from './testDatabase.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(applicationDatabase('uat'));
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const sandbox = { administrator: { ...PROFILES.uat.administrator, tenantId: COMPANY.tenantId } };

test('the demo’s production › holds what an attacker looks for, and a refreshed copy of it nothing, in no table of no schema', async () => {
  await using target = await server.database();
  await using copy = await server.emptyDatabase(applicationDatabase('prod'));
  await using reporting = await server.emptyDatabase(databaseOf('prod', 'financialReporting'));
  const readers = await readersAmong(copy, reporting);
  const facts = await sanitizationFacts(copy.url);
  const targetBefore = await sanitizationFacts(target.url);
  const joins = await joinsOf(copy.url);
  const prey = await preyOf(copy);
  const before = await attack(copy, prey);
  expect([readers, await attack(reporting, prey)]).toEqual([60, { 'names: public.SECURITYUSER.USERNAME': 60 }]);
  const rows = await rowsOf(copy);

  expect(Object.entries(facts).filter(([, count]) => count === 0)).toEqual([]);
  expect([
    countOf(before, 'mail addresses: public.SYSOUTGOINGEMAILTABLE.RECIPIENT'),
    countOf(before, 'mail addresses: public.SYSUSERINFO.EMAIL'),
    countOf(before, 'phone numbers: public.LOGISTICSELECTRONICADDRESS.LOCATOR'),
    countOf(before, 'names: public.DIRPARTYTABLE.NAME'),
    countOf(before, 'bank accounts: public.BANKACCOUNTTABLE.IBAN'),
    countOf(before, 'loyalty cards: public.RETAILLOYALTYCARD'),
  ]).toEqual([800, 60, 7000, 12_000, 8, 2500]);

  await sanitize({ session: copy.session, financialReporting: reporting, packs, sandbox });
  const verdicts = await verifySanitization({
    ...{ session: copy.session, financialReporting: reporting.session, packs, sandbox },
  });
  const sanitized = await sanitizationFacts(copy.url);
  const kept = await applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox });
  const later = await verifySanitization({ session: copy.session, packs, sandbox, kept });

  // By the demo's own counts, which know nothing of the rules, and by a search that knows nothing of either.
  expect(Object.entries(sanitized).filter(([, count]) => count > 0)).toEqual([]);
  expect(await attack(copy, prey)).toEqual({});
  expect([...verdicts, ...later].filter(({ passed }) => !passed)).toEqual([]);
  expect(await joinsOf(copy.url)).toEqual(joins);
  expect([await readersAmong(copy, reporting), await attack(reporting, prey)]).toEqual([readers, {}]);
  const shown = withoutMadeUp(readFileSync(new URL('../../../docs/rule-packs.md', import.meta.url), 'utf8'));
  expect(shown).toContain(withoutMadeUp(asMarkdown(rows, await rowsOf(copy))).trim());
  const servers = 'select "SERVERID" from "SYSSERVERCONFIG" order by "RECID"';
  expect(await copy.rows(servers)).toEqual(await target.rows(servers));
  const administrator = `select "SID" from "USERINFO" where "ID" = 'Admin'`;
  expect(await copy.rows(administrator)).toEqual(await target.rows(administrator));
  expect(await sanitizationFacts(target.url)).toEqual(targetBefore);
});

/** Users of both databases, told by their SID. */
async function readersAmong(application: TestDatabase, reporting: TestDatabase): Promise<number> {
  const users = await application.rows('select "SID" as sid from "USERINFO"');
  const readers = await reporting.rows('select "WINDOWSSECURITYIDENTIFIER" as sid from "SECURITYUSER"');
  const known = new Set(users.map(({ sid }) => sid));
  return readers.filter(({ sid }) => known.has(sid)).length;
}

const applicationDatabase = (name: EnvironmentName) => databaseOf(name, 'application');

function databaseOf(name: EnvironmentName, role: DatabaseRole): string {
  const { statements } = contentOf(PROFILES[name], postgres)[role];
  return statements.map((statement) => `${statement};`).join('\n');
}
