import { afterAll, beforeAll, expect, test } from 'vitest';
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
import { usual as packs } from './packs.ts';
import { startTestServer } from './testDatabase.ts';
import type { TestServer } from './testDatabase.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(applicationDatabase('uat'));
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const sandbox = { administrator: { ...PROFILES.uat.administrator, tenantId: COMPANY.tenantId } };

test('the demo’s production › is sanitized by its own counts, which know nothing of the rules', async () => {
  await using target = await server.database();
  await using copy = await server.emptyDatabase(applicationDatabase('prod'));
  const before = await sanitizationFacts(copy.url);
  const targetBefore = await sanitizationFacts(target.url);

  await sanitize({ session: copy.session, packs, sandbox });
  const verdicts = await verifySanitization({ session: copy.session, packs, sandbox });
  const sanitized = await sanitizationFacts(copy.url);
  const kept = await applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox });
  const later = await verifySanitization({ session: copy.session, packs, sandbox, kept });

  expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);
  expect(Object.entries(sanitized).filter(([, count]) => count > 0)).toEqual([]);
  expect([...verdicts, ...later].filter(({ passed }) => !passed)).toEqual([]);
  expect(await copy.rows('select "SERVERID" from "SYSSERVERCONFIG" order by "RECID"')).toEqual(
    await target.rows('select "SERVERID" from "SYSSERVERCONFIG" order by "RECID"'),
  );
  expect(await copy.rows(`select "SID" from "USERINFO" where "ID" = 'Admin'`)).toEqual(
    await target.rows(`select "SID" from "USERINFO" where "ID" = 'Admin'`),
  );
  expect(await sanitizationFacts(target.url)).toEqual(targetBefore);
});

test('whoever searches a refreshed copy for production’s people › finds none of them, in no table of no schema', async () => {
  await using target = await server.database();
  await using copy = await server.emptyDatabase(applicationDatabase('prod'));
  const prey = await preyOf(copy);
  const before = await attack(copy, prey);
  const joinsBefore = await joinsOf(copy.url);
  expect([
    countOf(before, 'mail addresses: public.SYSOUTGOINGEMAILTABLE.RECIPIENT'),
    countOf(before, 'mail addresses: public.SYSUSERINFO.EMAIL'),
    countOf(before, 'phone numbers: public.LOGISTICSELECTRONICADDRESS'),
    countOf(before, 'names: public.DIRPARTYTABLE.NAME'),
    countOf(before, 'bank accounts: public.BANKACCOUNTTABLE.IBAN'),
    countOf(before, 'loyalty cards: public.RETAILLOYALTYCARD'),
  ]).toEqual([800, 60, 7000, 12_000, 8, 2500]);

  await sanitize({ session: copy.session, packs, sandbox });
  await applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox });

  expect(await attack(copy, prey)).toEqual({});
  expect(await joinsOf(copy.url)).toEqual(joinsBefore);
});

function applicationDatabase(name: EnvironmentName): string {
  const { statements } = contentOf(PROFILES[name], postgres).application;
  return statements.map((statement) => `${statement};`).join('\n');
}
