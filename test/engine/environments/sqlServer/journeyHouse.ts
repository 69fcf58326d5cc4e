import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../engine/clock.ts';
import type { Environment, Run } from '../../../../engine/contracts.ts';
import { openSqlServerProvider } from '../../../../engine/environments/sqlServer/provider.ts';
import type { Desk } from '../../../../engine/journal/deskDeeds.ts';
import type { Journal } from '../../../../engine/journal/journal.ts';
import type { EngineParts } from '../../../../engine/parts.ts';
import { aSandbox, aSource, TENANT } from '../../../builders.ts';
import { startFoCompany, type FoCompany, type Moment } from '../../../sqlServer/foCompany.ts';
import { productionInTsql } from '../../../sqlServer/foProduction.ts';
import { aCrew } from '../../crew.ts';
import { createLeasedJournal } from '../../doubles/leasedJournal.ts';
import { lcs2020, sandbox as fabrikam } from '../../sanitization/packs.ts';
import { openAdmin } from './admin.ts';
import { exportHistory } from './exportHistory.ts';

/** The real engine, desk and provider on two servers: production's, known by a file alone, and the sandbox's. */
export interface JourneyHouse extends AsyncDisposable {
  readonly company: FoCompany;
  readonly journal: Journal;
  readonly desk: Desk;
  readonly parts: EngineParts;
  /** Inside the recovery window: later rows of production are in its backups too. */
  readonly moment: Moment;
  readonly log: (runId: string) => Promise<string>;
  planned(): Promise<Run>;
  approved(): Promise<Run>;
  proceed(runId: string): Promise<Run>;
  /** What the target's server holds, by name: rows of `dbo.moments`. */
  rows(): Promise<Readonly<Record<string, readonly unknown[]>>>;
  /** Asks the target's application database as its administrator would. */
  ask(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Since production's history was written to the file. */
  sessionsOfProduction(): number;
}

export interface JourneyWish {
  readonly sandbox?: Parameters<typeof aSandbox>[0];
  readonly journal?: (journal: Journal) => Journal;
  /** Changes the file that production's history comes in. */
  readonly history?: (backups: History) => History;
}

type History = Awaited<ReturnType<typeof exportHistory>>;

export async function aJourneyHouse({
  sandbox: wanted = {},
  journal: wrap = (one) => one,
  history = (backups) => backups,
}: JourneyWish = {}): Promise<JourneyHouse> {
  const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
  const company = await startFoCompany({ happened: '', begin: anHourAgo });
  for (const statement of productionInTsql()) await company.source.administer('AxDB', statement);
  for (const statement of OWN_SETTINGS) await company.target.administer('AxDB_uat', statement);
  const moment = await live(company);

  const folder = await mkdtemp(join(tmpdir(), 'rewind-journey-'));
  const file = join(folder, 'history.json');
  const databases = { application: 'AxDB', financialReporting: 'ManagementReporter' };
  {
    await using admin = openAdmin(company.source.url('sa'));
    const backups = await exportHistory(admin, Object.values(databases), [], (path) => path);
    await writeFile(file, JSON.stringify(history(backups)));
  }
  const sessionsBefore = company.source.state.nextSessionId;

  const source = aSource({
    provider: 'sqlServer',
    databases,
    facts,
    settings: { from: 'history-file', file, backupFolders: ['E:\\Backup'] },
  });
  const sandbox = aSandbox({
    provider: 'sqlServer',
    databases: { application: 'AxDB_uat', financialReporting: 'MR_uat' },
    facts,
    settings: { server: company.target.url('rewind') },
    packs: ['lcs-2020'],
    administrator,
    ...wanted,
  });
  const provider = openSqlServerProvider({ clock: systemClock });
  const journal = wrap(createLeasedJournal(systemClock));
  const { parts, desk, logged, planned, approved, proceed } = aCrew({
    journal,
    sources: [source],
    sandboxes: [sandbox],
    provider: () => provider,
    packs: () => lcs2020,
    clock: systemClock,
  });
  return {
    company,
    journal,
    desk,
    parts,
    moment,
    planned: () => planned({ at: moment.at }),
    approved: () => approved({ at: moment.at }),
    proceed,
    async rows() {
      const names = company.target.state.databases.map(({ name }) => name).filter((name) => /^(AxDB|MR)_/.test(name));
      const found = await Promise.all(
        names.map(async (name) => {
          const rows = await company.target.administer(name, 'SELECT n FROM dbo.moments ORDER BY n');
          return [name, rows.map(({ n }) => n)] as const;
        }),
      );
      return Object.fromEntries(found);
    },
    ask: (text) => company.target.administer('AxDB_uat', text),
    log: logged,
    sessionsOfProduction: () => company.source.state.nextSessionId - sessionsBefore,
    async [Symbol.asyncDispose]() {
      await provider.close();
      await company[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const administrator = { ...fabrikam.administrator, tenantId: TENANT };

export const facts: Environment['facts'] = {
  applicationRelease: { kind: 'declared', value: '10.0.44' },
  financialReportingVersion: { kind: 'declared', value: '7.2.24' },
  platformUpdate: { kind: 'declared', value: '68' },
  tenantId: { kind: 'declared', value: administrator.tenantId },
  region: { kind: 'declared', value: 'West Europe' },
};

/** What the sandbox keeps: an instant and bytes among it. */
export const OWN_SETTINGS = [
  `INSERT INTO dbo.SYSSERVERCONFIG (SERVERID, ENABLEBATCH, RECID) VALUES ('UAT-AOS-1', 1, 9)`,
  `INSERT INTO dbo.BATCHSERVERCONFIG (SERVERID, MAXBATCHSESSIONS, CREATEDDATETIME, RECID) VALUES ('UAT-AOS-1', 8, '2026-03-29T02:30:00.123', 1)`,
  `INSERT INTO dbo.POWERBICONFIG (CLIENTID, TENANTID, APPLICATIONKEY, RECID) VALUES ('client-of-uat', 't', 0x00ff10, 1)`,
  `INSERT INTO dbo.USERINFO (ID, [ENABLE], NETWORKALIAS, SID, RECID) VALUES ('Admin', 1, '${administrator.signIn}', 'S-1-19-uat', 1)`,
];

/** A full backup, a differential and logs around four rows. @returns a moment in the middle. */
async function live({ commit, backUp }: FoCompany): Promise<Moment> {
  await commit();
  await backUp('full');
  await commit();
  await backUp('differential');
  const moment = await commit();
  await commit();
  await backUp('log');
  await commit();
  await backUp('log');
  return moment;
}
