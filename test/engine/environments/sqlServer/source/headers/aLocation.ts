import type { Clock } from '../../../../../../engine/clock.ts';
import { systemClock } from '../../../../../../engine/clock.ts';
import type { Sandbox, Source } from '../../../../../../engine/contracts.ts';
import type { Action, Provider } from '../../../../../../engine/environments/provider.ts';
import { openSqlServerProvider } from '../../../../../../engine/environments/sqlServer/provider.ts';
import { startFoCompany, type FoCompany, type FoCompanyWish } from '../../../../../sqlServer/foCompany.ts';
import type { RecordedStatement } from '../../../../../sqlServer/session.ts';
import { aSandbox, aSource } from '../../../builders.ts';
import { actOn } from '../../../actOn.ts';
import { anAct } from '../../anAct.ts';

/** Production's backups on a share that the target's server reads, and a provider that knows nothing else of production. */
export interface Location extends AsyncDisposable {
  readonly company: FoCompany;
  readonly provider: Provider;
  readonly source: Source;
  readonly target: Sandbox;
  readonly log: readonly string[];
  /** The same backups, by another way or with other settings. */
  sourceWith(settings: object): Source;
  act(action: Action, at: string): Promise<void>;
  /** What the target's server was asked since the last call. */
  asked(): readonly RecordedStatement[];
}

export async function aLocation(wish: FoCompanyWish = {}): Promise<Location> {
  const company = await startFoCompany(wish);
  const clock: Clock = { ...systemClock, now: () => new Date(company.source.state.now()).toISOString() };
  const provider = openSqlServerProvider({ clock });
  const server = company.target.url('rewind');
  const databases = { application: 'AxDB', financialReporting: 'ManagementReporter' };
  const settings = { from: 'backup-location', server, backupFolders: ['E:\\Backup'], serverTimeZone: 'UTC' };
  const sourceWith = (more: object) =>
    aSource({ provider: 'sqlServer', databases, settings: { ...settings, ...more } });
  const target = aSandbox({
    provider: 'sqlServer',
    databases: { application: 'AxDB_uat', financialReporting: 'MR_uat' },
    settings: { server },
  });
  const source = sourceWith({});
  const log: string[] = [];
  let seen = 0;
  return {
    company,
    provider,
    source,
    target,
    log,
    sourceWith,
    act: (action, at) => actOn(provider, action, anAct({ source, target, at, log: (text) => log.push(text) })),
    asked() {
      const since = company.target.statements.slice(seen);
      seen = company.target.statements.length;
      return since;
    },
    async [Symbol.asyncDispose]() {
      await provider.close();
      await company[Symbol.asyncDispose]();
    },
  };
}

export const headersRead = (statements: readonly RecordedStatement[]): number =>
  statements.filter(({ text }) => text.startsWith('INSERT INTO #header')).length;
