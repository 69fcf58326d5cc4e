import { CompiledQuery } from 'kysely';
import type { Action, ActContext } from '../../../../engine/environments/provider.ts';
import type { Observation } from '../../../../engine/environments/observation.ts';
import { actOn } from '../actOn.ts';
import { anAct } from './anAct.ts';
import { createSqlServerFixture, type SqlServerFixture } from './fixture.ts';
import { startTestStandIn, type StandInServer } from './testServers.ts';
import type { StandInWish } from '../../../sqlServer/standIn.ts';
import type { Instant } from '../../../../engine/contracts.ts';

/** A production with three commits, two of them reachable, and a target beside it, on the stand-in. */
export interface Scene extends AsyncDisposable {
  readonly fixture: SqlServerFixture;
  readonly standIn: StandInServer['standIn'];
  readonly moments: readonly Instant[];
  readonly service: string;
  act(action: Action, runId: string, parts?: Partial<ActContext>): Promise<void>;
  observe(runId: string): Promise<Observation>;
  rows(side: 'target' | 'incoming', runId: string): Promise<readonly number[]>;
  /** What the stand-in knows of one database. */
  database(name: string): Scene['standIn']['state']['databases'][number];
  log: string[];
}

export async function aScene(wish: StandInWish = {}): Promise<Scene> {
  const server = await startTestStandIn(wish);
  const fixture = await createSqlServerFixture(server);
  const moments = [await fixture.commit(), await fixture.commit()];
  await fixture.archive();
  await fixture.commit();
  await fixture.archive();
  const log: string[] = [];
  return {
    fixture,
    standIn: server.standIn,
    moments,
    service: `rewind${server.suffix}`,
    log,
    act: (action, runId, parts = {}) =>
      actOn(
        fixture.provider,
        action,
        anAct({
          source: fixture.source,
          target: fixture.target,
          runId,
          at: moments[1] ?? '',
          log: (text) => log.push(text),
          ...parts,
        }),
      ),
    database(name) {
      const found = server.standIn.state.databases.find((one) => one.name === name);
      if (found === undefined) throw new Error(`no database ${name}`);
      return found;
    },
    observe: (runId) => fixture.provider.observe(fixture.target, runId, fixture.source),
    async rows(side, runId) {
      await using session = await fixture.provider.session(fixture.target, side, 'application', runId);
      const rows = await session.select<{ readonly n: number }>(CompiledQuery.raw('SELECT n FROM moments ORDER BY n'));
      return rows.map(({ n }) => n);
    },
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}

/** A moment that only a full backup of production as it is now leads to. */
export async function momentBehindNewFull({ fixture }: Pick<Scene, 'fixture'>, options = ''): Promise<Instant> {
  for (const name of Object.values(fixture.source.databases)) {
    const file = `${fixture.server.backupFolder}${name}_new.bak`;
    await fixture.admin.query('master', `BACKUP DATABASE [${name}] TO DISK = N'${file}' WITH INIT${options}`);
  }
  // The history has whole seconds: without this the full backup would end after the moment.
  await fixture.archive();
  const moment = await fixture.commit();
  await fixture.archive();
  await fixture.commit();
  await fixture.archive();
  return moment;
}
