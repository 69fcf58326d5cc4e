import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Profile, ProofResult, Run } from '../../../../engine/contracts.ts';
import type { ProfileListKind } from '../../../../engine/journal/besideRuns.ts';
import { dropLedger } from '../../../../engine/sanitization/passes/dropLedger.ts';
import { digestOfList, textOfList } from '../../../../engine/sanitization/profile/list.ts';
import { planProfile } from '../../../../engine/sanitization/profile/planProfile.ts';
import { proveProfile } from '../../../../engine/sanitization/profile/proveProfile.ts';
import { noteBeforeRules, openProfile } from '../../../../engine/sanitization/profile/underRun.ts';
import { aRun, aSandbox } from '../../../builders.ts';
import { usual } from '../packs.ts';
import { startTestServer, type TestServer } from '../testDatabase.ts';
import { fill, PROFILE, sanitize } from './scene.ts';
import { twoDatabases } from './twoDatabases.ts';

let postgres: TestServer;
const open = twoDatabases(() => postgres);
beforeAll(async () => {
  postgres = await startTestServer('select 1');
});
afterAll(() => postgres[Symbol.asyncDispose]());

const WHOLE = ['post-conditions', 'search'].map((name) => ({
  ...{ name, notSearched: [], sampled: false, seconds: 1, findings: [] },
  searched: { tables: 1, columns: 1, bytes: 1, values: 1 },
})) as readonly ProofResult[];

const profile: Profile = {
  ...PROFILE,
  values: [
    // Meets no row any more once it is written.
    { table: 'FISCALESTABLISHMENT_BR', where: { EFDOCENVIRONMENT: 1 }, set: { EFDOCENVIRONMENT: 2 } },
    // Writes the same once more.
    { table: 'FISCALESTABLISHMENT_BR', where: { FISCALESTABLISHMENTID: 'SP' }, set: { EFDOCENVIRONMENT: 2 } },
  ],
};

for (const dialect of ['postgres', 'mssql'] as const) {
  test(`a profile on ${dialect} › takes back what an earlier attempt wrote of what has changed since`, async () => {
    await using databases = await open[dialect]();
    const { living, copy } = databases;
    await fill(dialect, living, copy);
    const { list } = await planProfile(living.session, profile);
    const lists = new Map<ProfileListKind, string>([['planned', textOfList(list)]]);
    const context = {
      run: aRun({ proofs: [{ step: 'verify-sanitization', at: '2026-11-20T12:00:00.000Z', proofs: WHOLE }] }),
      // Of a plan nothing but its binding is asked for.
      plan: { binding: { profile: digestOfList(textOfList(list)) } } as unknown as NonNullable<Run['plan']>,
      target: aSandbox({ profile }),
      packs: usual,
      profileList: async (kind: ProfileListKind) => lists.get(kind),
      keepProfileList: async (kind: ProfileListKind, text: string) => void lists.set(kind, text),
    };
    const attempt = async () => {
      const opened = await openProfile(context, copy.session);
      const applied = await opened?.apply(living.session);
      await dropLedger(copy.session);
      expect((await proveProfile(copy.session, applied?.parts ?? [])).filter(({ passed }) => !passed)).toEqual([]);
      return applied;
    };
    const stands = async () => ({
      JONAS: (await copy.rows('USERINFO', 'ID, ENABLE, NETWORKALIAS, SID, OBJECTID', 'ID')).find(
        ({ ID }) => ID === 'JONAS',
      ),
      mail: (await copy.rows('SYSEMAILPARAMETERS', 'SMTPRELAYSERVERNAME, SMTPPASSWORD', 'RECID'))[0],
      values: (await copy.rows('FISCALESTABLISHMENT_BR', 'EFDOCENVIRONMENT', 'RECID')).map(
        (row) => row['EFDOCENVIRONMENT'],
      ),
    });
    await noteBeforeRules(context, copy.session);
    await sanitize(dialect, copy);
    const asPacksLeft = await stands();

    expect((await attempt())?.operators.enabled).toEqual(['JONAS', 'LARS']);
    expect((await stands()).values).toEqual([2, 2]);
    expect((await stands()).mail).toMatchObject({ SMTPRELAYSERVERNAME: 'mail.uat.example' });

    const at = (table: string) => (dialect === 'mssql' ? `dbo.${table}` : `"${table}"`);
    const q = (column: string) => (dialect === 'mssql' ? column : `"${column}"`);
    await living.run(
      `UPDATE ${at('USERINFO')} SET ${q('ENABLE')} = 0 WHERE ${q('ID')} = 'JONAS'`,
      `UPDATE ${at('SYSEMAILPARAMETERS')} SET ${q('SMTPRELAYSERVERNAME')} = 'other.uat.example'`,
    );
    for (const _ of [1, 2]) {
      const again = await attempt();
      expect(again?.operators.enabled).toEqual(['LARS']);
      expect(again?.parts.find(({ line }) => line.part === 'values')?.line).toMatchObject({ done: 2, left: 0 });
      // Of a secret nothing is kept, so nothing of it comes back.
      expect(await stands()).toEqual({
        ...asPacksLeft,
        mail: { SMTPRELAYSERVERNAME: '', SMTPPASSWORD: null },
        values: [2, 2],
      });
    }
  });
}
