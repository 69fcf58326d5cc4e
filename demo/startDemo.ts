import { generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemClock } from '../engine/clock.ts';
import { openJournal } from '../engine/journal/sql/sqlJournal.ts';
import { untilItIsSo } from '../engine/retry.ts';
import { createAuthority } from './authority.ts';
import { openAzure } from './azure/home.ts';
import { openClusters } from './clusters/home.ts';
import { buildCompany, type Company } from './company/build.ts';
import type { CompanyHome } from './company/home.ts';
import { environmentsFile } from './environmentsFile.ts';
import { TENANT_ID } from './people.ts';
import { createSigningProxy } from './proxy.ts';
import { startRedis } from './redis.ts';
import { openSqlServer } from './sqlServer/home.ts';
import { freePort } from './supervisor/freePort.ts';
import { createSupervisor, type Supervisor } from './supervisor/supervisor.ts';
import { together } from './together.ts';

export interface Demo extends AsyncDisposable {
  readonly company: Company;
  readonly supervisor: Supervisor;
  /** The proxy that signs for local clients; what a chat client posts its activities to. */
  readonly botUrl: string;
  /** The bot's own door: nobody signs there. */
  readonly doorUrl: string;
  readonly botAppId: string;
  readonly journalUrl: string;
  readonly redisUrl: string;
  /** What the worker and `rewind` in a terminal read. */
  readonly variables: Readonly<Record<string, string>>;
  /** The bot's, for whoever plays the bot. */
  readonly signingKey: { readonly id: string; readonly key: KeyObject };
}

export interface DemoOptions {
  /** Emptied and filled: clusters, logs, processes.json, environments.yaml. */
  readonly folder: string;
  /** The address of a SQL Server that keeps the databases, as a member of sysadmin; without it, clusters of the demo's own do. */
  readonly sqlServer?: string;
  /** The address that the stand-in of Azure prints: the databases go there. */
  readonly azure?: string;
  readonly say: (line: string) => void;
  /** What environments.yaml should say instead, for tests of other installations than the demo's. */
  readonly changeEnvironments?: (yaml: string) => string;
}

const PROJECT = dirname(import.meta.dirname);

/** Everything that a real installation consists of, on this machine: databases, Redis, worker, bot and the way in. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { folder, say, changeEnvironments = (yaml) => yaml } = options;
  mkdirSync(folder, { recursive: true });
  await using undo = new AsyncDisposableStack();
  const supervisor = undo.use(await createSupervisor({ folder, say }));
  const botPort = await freePort();
  const botAppId = randomUUID();
  const home = await openHome(options);
  supervisor.defer('databases', async () => home[Symbol.asyncDispose]());
  const doorUrl = `http://127.0.0.1:${String(botPort)}`;

  const founding = buildCompany({ home, clock: systemClock, say }).then((built) => {
    supervisor.defer('company', async () => built[Symbol.asyncDispose]());
    return built;
  });
  const trusting = createAuthority({ botAppId }).then((made) => {
    supervisor.defer('authority', () => made.close());
    return made;
  });
  const redisStarting = startRedis({ supervisor, folder: join(folder, 'redis') });
  const [redis, journal, company, authority] = await together([redisStarting, home.journal(), founding, trusting]);

  // New with every start, as the link keys are: what was approved before counts no longer.
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const reports = generateKeyPairSync('ed25519');
  const { yaml, variables: secrets } = environmentsFile({ company, node: process.execPath });
  const environments = join(folder, 'environments.yaml');
  writeFileSync(environments, changeEnvironments(yaml));
  const variables = {
    ...secrets,
    REWIND_JOURNAL_URL: journal.url,
    REWIND_REDIS_URL: redis.url,
    REWIND_ENVIRONMENTS: environments,
    REWIND_AUDIT_FILE: join(folder, 'heads.jsonl'),
    REWIND_VERIFYING_KEYS: openHalf(publicKey),
    REWIND_REPORT_KEY: ownHalf(reports.privateKey),
    REWIND_REPORT_KEYS: openHalf(reports.publicKey),
  };

  await supervisor.start({
    name: 'worker',
    command: process.execPath,
    args: ['queue/main.ts'],
    cwd: PROJECT,
    env: { ...variables, REWIND_SURVEY_SECONDS: '5' },
    ready: { line: /worker-ready/ },
    restart: 'always',
    stopWithinMs: 30_000,
  });
  // The bot gets no environment's password: it needs none.
  await supervisor.start({
    name: 'bot',
    command: process.execPath,
    args: [
      // As `npm run bot`, so that what is measured here is what runs there.
      '--max-semi-space-size=8',
      '--max-old-space-size=384',
      'demo/bot.ts',
      '--issuer',
      authority.url,
      '--bot-id',
      botAppId,
      '--tenant-id',
      TENANT_ID,
      '--port',
      String(botPort),
    ],
    cwd: PROJECT,
    env: {
      REWIND_JOURNAL_URL: journal.url,
      REWIND_REDIS_URL: redis.url,
      REWIND_ENVIRONMENTS: environments,
      REWIND_AUDIT_FILE: variables.REWIND_AUDIT_FILE,
      REWIND_LINK_KEYS: `demo:${randomBytes(32).toString('base64url')}`,
      REWIND_SIGNING_KEY: ownHalf(privateKey),
      REWIND_REPORT_KEYS: variables.REWIND_REPORT_KEYS,
    },
    ready: { http: `${doorUrl}/healthz` },
    restart: 'always',
  });
  await firstSurveys(journal.url);
  say('worker and bot are running, production is surveyed');
  const proxy = await createSigningProxy({
    target: doorUrl,
    authority,
    tenantId: TENANT_ID,
  });
  supervisor.defer('proxy', () => proxy.close());

  const running = undo.move();
  return {
    company,
    supervisor,
    botUrl: proxy.url,
    doorUrl,
    botAppId,
    journalUrl: journal.url,
    redisUrl: redis.url,
    variables,
    signingKey: { id: 'demo', key: privateKey },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function openHome({ folder: root, say, sqlServer, azure }: DemoOptions): Promise<CompanyHome> {
  if (azure !== undefined) return openAzure({ root, url: azure, clock: systemClock, say });
  if (sqlServer !== undefined) return openSqlServer({ root, url: sqlServer, clock: systemClock, say });
  return openClusters({ root });
}

/** As `rewind signing-key demo` prints them. */
const ownHalf = (key: KeyObject) => `demo:${key.export({ format: 'der', type: 'pkcs8' }).toString('base64')}`;
const openHalf = (key: KeyObject) => `demo:${key.export({ format: 'der', type: 'spki' }).toString('base64')}`;

const SURVEYED_WITHIN_MS = 120_000;

/** Commands are answered from surveys, so the first ones belong to the start. */
async function firstSurveys(journalUrl: string): Promise<void> {
  await using journal = openJournal({ url: journalUrl });
  const areThere = async () => Boolean((await journal.survey('uat')) && (await journal.survey('test')));
  if (!(await untilItIsSo(areThere, { clock: systemClock, everyMs: 50, withinMs: SURVEYED_WITHIN_MS })))
    throw new Error('The worker has surveyed nothing: logs/worker.log says why');
}
