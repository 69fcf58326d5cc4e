import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgres } from '../../../demo/company/dialects/postgres.ts';
import { COMPANY, PROFILES } from '../../../demo/company/profiles.ts';
import type { EnvironmentName } from '../../../demo/company/profiles.ts';
import { sanitizationFacts } from '../../../demo/company/sanitizationFacts.ts';
import { companyTables } from '../../../demo/company/schema/company.ts';
import { createTableSql, insertSql } from '../../../demo/company/schema/table.ts';
import { applyTargetSettings } from '../../../engine/sanitization/target/applyTargetSettings.ts';
import { sanitize } from '../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../engine/sanitization/verify.ts';
import { lcs2023 as packs } from './packs.ts';
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

function applicationDatabase(name: EnvironmentName): string {
  return companyTables(PROFILES[name])
    .application.flatMap((table) => [createTableSql(table, postgres), insertSql(table, postgres) ?? ''])
    .map((statement) => `${statement};`)
    .join('\n');
}
