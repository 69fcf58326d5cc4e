import { expect, test } from 'vitest';
import { dropLedger } from '../../engine/sanitization/passes/dropLedger.ts';
import { sanitize } from '../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../engine/sanitization/verify.ts';
import { lcs2023, sandbox } from '../engine/sanitization/packs.ts';
import { connectTo } from './client.ts';
import { engineSession } from './engineSession.ts';
import { startFoCompany } from './foCompany.ts';
import { productionInTsql } from './foProduction.ts';

test('sanitization in T-SQL › changes on the stand-in what it changes on PostgreSQL, and proves it', async () => {
  await using company = await startFoCompany({ happened: '' });
  for (const statement of productionInTsql()) await company.source.administer('AxDB', statement);
  await using client = await connectTo(company.source, 'sa', 'AxDB');
  const session = engineSession(client);

  const results = await sanitize({ session, packs: lcs2023, sandbox });
  const rows = Object.fromEntries(results.map(({ ruleId, rows }) => [ruleId, rows]));
  expect(rows).toMatchObject({
    'email-addresses': 4,
    'batch-jobs-withheld': 8,
    'batch-tasks-withheld': 4,
    'credit-card-setup': 1,
    'commerce-hardware-profiles': 1,
    'maintenance-mode': 1,
  });
  const verdicts = await verifySanitization({ session, packs: lcs2023, sandbox });
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
  expect(verdicts.length).toBeGreaterThan(40);

  expect((await client.run('SELECT ID FROM USERINFO WHERE [ENABLE] = 1 ORDER BY ID')).rows.map(({ ID }) => ID)).toEqual(
    ['Admin', 'Axrunner', 'FRSERVICEUSER '],
  );
  await dropLedger(session);
  const again = await sanitize({ session, packs: lcs2023, sandbox });
  expect(again.filter(({ rows }) => rows > 0)).toEqual([]);
});
