import type { Clock } from '../../engine/clock.ts';
import { together } from '../together.ts';
import type { CompanyEnvironment, CompanyHome } from './home.ts';
import type { EnvironmentName } from './profiles.ts';
import { startServices, stopServices, writeServiceSettings } from './services.ts';
import { startWorkload, type Moment, type Workload } from './workload.ts';

export interface Sandbox extends CompanyEnvironment {
  /** What its services answer to `GET`: 200 once they work with the database, 503 before. */
  readonly healthUrl: string;
}

export interface Company extends AsyncDisposable {
  readonly prod: CompanyEnvironment;
  readonly uat: Sandbox;
  readonly test: Sandbox;
  /** In the order of time; all of them can be restored. The one to go back to is `before the mistake`. */
  readonly moments: readonly Moment[];
  readonly workload: Workload;
}

export interface CompanyOptions {
  readonly home: CompanyHome;
  readonly clock: Clock;
  /** One line for people whenever something is done. */
  readonly say: (line: string) => void;
}

/** Founds the company: three environments, production backed up and at work. */
export async function buildCompany({ home, clock, say }: CompanyOptions): Promise<Company> {
  await using undo = new AsyncDisposableStack();
  const build = async (name: EnvironmentName) => {
    const environment = await home.found(name);
    say(`${name} is ready: ${placeOf(environment)}`);
    return environment;
  };
  const [prod, uat, test] = await together([build('prod'), build('uat'), build('test')]);
  const archive = undo.use(await home.archive(prod, say));
  const workload = undo.use(
    startWorkload({ addresses: prod.as.axruntimeuser, archive, clock, commitsPerSecond: home.commitsPerSecond }),
  );
  if (uat.entry.backups && home.keepBackedUp) undo.use(home.keepBackedUp(uat));
  const moments = await liveThrough(workload, clock, say);
  for (const { folder } of [uat, test]) undo.defer(() => stopServices(folder));
  const sandboxes = { uat: await serve('uat', uat, home), test: await serve('test', test, home) };
  say('services of uat and test are running');
  const running = undo.move();
  return {
    prod,
    ...sandboxes,
    moments,
    workload,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function placeOf({ application }: CompanyEnvironment): string {
  const { host, pathname } = new URL(application);
  return `${decodeURIComponent(pathname.slice(1))} on ${host}`;
}

/** A few seconds of the company's life, with a mistake in them. */
async function liveThrough(workload: Workload, clock: Clock, say: (line: string) => void): Promise<readonly Moment[]> {
  const moments: Moment[] = [];
  for (const happen of [
    () => workload.priceListImport(),
    () => workload.monthEndClose(),
    () => workload.moment('before the mistake'),
    () => workload.mistake(),
  ]) {
    await clock.sleep(400);
    const moment = await happen();
    say(`${moment.at} ${moment.name}`);
    moments.push(moment);
  }
  await workload.archiveNow();
  return moments;
}

async function serve(name: 'uat' | 'test', environment: CompanyEnvironment, home: CompanyHome): Promise<Sandbox> {
  const { folder, as } = environment;
  const port = home.servicePort(name);
  await writeServiceSettings(folder, { environment: name, port, databaseUrl: as.axruntimeuser.application });
  await startServices(folder);
  return { ...environment, healthUrl: `http://127.0.0.1:${port}/health` };
}
