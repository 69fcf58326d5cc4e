import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyProfile, linesOf } from '../../../../engine/sanitization/profile/applyProfile.ts';
import { noteProduction, readNote } from '../../../../engine/sanitization/profile/note.ts';
import { planProfile } from '../../../../engine/sanitization/profile/planProfile.ts';
import { proveProfile } from '../../../../engine/sanitization/profile/proveProfile.ts';
import { dropLedger } from '../../../../engine/sanitization/passes/dropLedger.ts';
import { startTestServer, type TestServer } from '../testDatabase.ts';
import { fill, forgetful, PROFILE, sanitize } from './scene.ts';
import { objectId } from './smallSandbox.ts';
import { twoDatabases } from './twoDatabases.ts';

let postgres: TestServer;
const open = twoDatabases(() => postgres);
beforeAll(async () => {
  postgres = await startTestServer('select 1');
});
afterAll(() => postgres[Symbol.asyncDispose]());

const ids = (rows: readonly Readonly<Record<string, unknown>>[], column: string) =>
  rows.map((row) => String(row[column]));

for (const dialect of ['postgres', 'mssql'] as const) {
  test(`a profile on ${dialect} › gives back what the sandbox had, and nothing of production`, async () => {
    await using databases = await open[dialect]();
    const { living, copy } = databases;
    await fill(dialect, living, copy);
    const planned = await planProfile(living.session, PROFILE);
    expect(planned.obstacles).toEqual([]);
    expect(planned.lines).toEqual([
      { part: 'users', done: 5, left: 0 },
      // With that of an account of the servers, and without that of an administrator whom nobody has named.
      { part: 'roles', done: 4, left: 1 },
      { part: 'jobs', done: 1, left: 1 },
      { part: 'clients', done: 2, left: 1 },
      { part: 'endpoints', done: 1, left: 0 },
      { part: 'settings', done: 1, left: 0 },
      { part: 'features', done: 1, left: 0 },
      { part: 'values', done: 1, left: 0 },
      { part: 'theme', done: 1, left: 0 },
      { part: 'banner', done: 1, left: 0 },
    ]);
    await noteProduction(copy.session, PROFILE, planned.list);
    await sanitize(dialect, copy);

    // Twice, as an attempt that broke off is repeated; the second time without the notes, which go before the switch.
    for (const isRepeated of [false, true]) {
      const note = await readNote(copy.session, PROFILE);
      const applied = await applyProfile({
        ...{ living: living.session, copy: copy.session, profile: PROFILE, list: planned.list, note, isProved: true },
        remember: forgetful,
      });
      const verdicts = await proveProfile(copy.session, applied.parts);
      expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
      expect(linesOf(applied.parts)).toEqual(
        expect.arrayContaining([
          { part: 'users', done: 2, left: 3 },
          { part: 'roles', done: 3, left: 1 },
          { part: 'jobs', done: 1, left: 1 },
          { part: 'clients', done: 1, left: 2 },
        ]),
      );
      // The notes tell a repeated attempt no more why somebody stayed out.
      expect(applied.operators.left.map(({ id, why }) => [id, isRepeated ? 'not-known' : why])).toEqual([
        ['MIRA', isRepeated ? 'not-known' : 'another-in-production'],
        ['UATKEY1', isRepeated ? 'not-known' : 'not-in-production'],
        ['GONE', isRepeated ? 'not-known' : 'disabled-in-production'],
      ]);
      await dropLedger(copy.session);
    }
    const users = await copy.rows('USERINFO', 'ID, ENABLE, NETWORKALIAS, OBJECTID', 'ID');
    expect(
      ids(
        users.filter(({ ENABLE }) => ENABLE === 1),
        'ID',
      ),
    ).toEqual(['Admin', 'Axrunner', 'JONAS', 'LARS']);
    expect(users.find(({ ID }) => ID === 'JONAS')).toMatchObject({
      NETWORKALIAS: 'JONAS@fabrikam.example',
      OBJECTID: objectId(3),
    });
    const roles = await copy.rows('SECURITYUSERROLE', 'USER_, SECURITYROLE, ASSIGNMENTSTATUS', 'USER_');
    expect(roles.map((row) => [row['USER_'], Number(row['SECURITYROLE']), row['ASSIGNMENTSTATUS']])).toEqual([
      ['Admin', 20, 0],
      ['Axrunner', 21, 0],
      ['JONAS', 21, 1],
      ['LARS', 20, 0],
    ]);
    const jobs = await copy.rows('BATCHJOB', 'RECID, STATUS', 'RECID');
    expect(jobs.map(({ STATUS }) => STATUS)).toEqual([1, 0, 0]);
    expect((await copy.rows('BATCH', 'RECID, STATUS', 'RECID')).map(({ STATUS }) => STATUS)).toEqual([1, 4, 0]);
    expect(ids(await copy.rows('SYSAADCLIENTTABLE', 'AADCLIENTID', 'AADCLIENTID'), 'AADCLIENTID')).toEqual([
      'uat-robots',
    ]);
    expect(ids(await copy.rows('BUSINESSEVENTSENDPOINT', 'NAME', 'NAME'), 'NAME')).toEqual(['uat-orders']);
    const [mail] = await copy.rows('SYSEMAILPARAMETERS', 'SMTPRELAYSERVERNAME, SMTPPASSWORD, RECID', 'RECID');
    expect(mail?.['SMTPRELAYSERVERNAME']).toBe('mail.uat.example');
    expect(Buffer.from(mail?.['SMTPPASSWORD'] as Uint8Array).toString('hex')).toBe('00ff');
    expect(Number(mail?.['RECID'])).toBe(60);
    expect(
      (await copy.rows('FEATUREMANAGEMENTSTATE', 'NAME, ISENABLED', 'NAME')).map((row) => row['ISENABLED']),
    ).toEqual([1, 0]);
    expect(
      (await copy.rows('FISCALESTABLISHMENT_BR', 'FISCALESTABLISHMENTID, EFDOCENVIRONMENT', 'RECID')).map(
        (row) => row['EFDOCENVIRONMENT'],
      ),
    ).toEqual([2, 1]);
    expect((await copy.rows('SYSUSERINFO', 'THEME', 'ID')).map((row) => row['THEME'])).toEqual([7, 7]);
    const [image] = await copy.rows('COMPANYIMAGE', 'IMAGE', 'RECID');
    expect(Buffer.from(image?.['IMAGE'] as Uint8Array).toString('hex')).toBe('cafe');
  });
}
