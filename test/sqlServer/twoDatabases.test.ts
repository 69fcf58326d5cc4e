import { afterAll, beforeAll, expect, test } from 'vitest';
import { shippedPack, sandbox } from '../engine/sanitization/packs.ts';
import { keyFrom } from '../../engine/sanitization/masks/maskKey.ts';
import { sanitize } from '../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../engine/sanitization/verify.ts';
import { maskedBy } from '../engine/sanitization/masks/reference.ts';
import { KEY } from '../engine/sanitization/masks/samples.ts';
import { connectTo, type Client } from './client.ts';
import { engineSession } from './engineSession.ts';
import { startStandIn, type StandIn } from './standIn.ts';

let standIn: StandIn;
let application: Client;
let reporting: Client;
beforeAll(async () => {
  standIn = await startStandIn();
  for (const name of ['AxDB', 'ManagementReporter']) await standIn.administer('master', `CREATE DATABASE ${name}`);
  const users =
    'ID nvarchar(20) NOT NULL, NAME nvarchar(40) NOT NULL, SID nvarchar(124) NOT NULL, NETWORKALIAS nvarchar(255) NOT NULL, OBJECTID nvarchar(60) NOT NULL';
  await standIn.administer('AxDB', `CREATE TABLE dbo.USERINFO (RECID bigint NOT NULL PRIMARY KEY, ${users})`);
  const readers = 'USERNAME nvarchar(60) NOT NULL, WINDOWSSECURITYIDENTIFIER nvarchar(200) NOT NULL';
  await standIn.administer(
    'ManagementReporter',
    `CREATE TABLE dbo.SECURITYUSER (USERID nvarchar(36) NOT NULL PRIMARY KEY, ${readers})`,
  );
  application = await connectTo(standIn, 'sa', 'AxDB');
  reporting = await connectTo(standIn, 'sa', 'ManagementReporter');
  await application.run(
    "INSERT INTO dbo.USERINFO (RECID, ID, NAME, SID, NETWORKALIAS, OBJECTID) VALUES (1, N'EMP1', N'Jörg Kröger', N'S-1-19-1', N'j@contoso.example', N'')",
  );
  await reporting.run(
    "INSERT INTO dbo.SECURITYUSER (USERID, USERNAME, WINDOWSSECURITYIDENTIFIER) VALUES (N'5e00', N'JÖRG KRÖGER', N's-1-19-1'), (N'00000000-0000-0000-0000-000000000002', N'Management Reporter', N'S-1-5-18')",
  );
});
afterAll(async () => {
  await application[Symbol.asyncDispose]();
  await reporting[Symbol.asyncDispose]();
  await standIn.close();
});

test('personal-data in T-SQL › masks users alike in both databases, and leaves the program’s own as it is', async () => {
  const packs = [shippedPack('personal-data')];
  const [session, other] = [engineSession(application), engineSession(reporting)];

  await sanitize({ session, financialReporting: { session: other }, packs, sandbox, maskKey: () => keyFrom(KEY) });

  const sid = maskedBy(KEY, { token: 32 }, 'S-1-19-1');
  expect((await application.run('SELECT SID FROM dbo.USERINFO')).rows).toEqual([{ SID: sid }]);
  expect(
    (await reporting.run('SELECT USERNAME, WINDOWSSECURITYIDENTIFIER AS SID FROM dbo.SECURITYUSER ORDER BY USERID'))
      .rows,
  ).toEqual([
    { USERNAME: 'Management Reporter', SID: 'S-1-5-18' },
    { USERNAME: maskedBy(KEY, { token: 32 }, 'Jörg Kröger'), SID: sid },
  ]);
  const verdicts = await verifySanitization({ session, financialReporting: other, packs, sandbox });
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
  expect(verdicts.at(-1)).toMatchObject({ ruleId: 'personal-accounts-financial-reporting', table: 'SECURITYUSER' });
  for (const database of [application, reporting])
    expect((await database.run("SELECT COUNT(*) AS n FROM sys.tables AS t WHERE t.name = N'mask_key'")).rows).toEqual([
      { n: 0 },
    ]);
});
