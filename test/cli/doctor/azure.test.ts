import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readPlace } from '../../../demo/azure/place.ts';
import { PRODUCTION, SANDBOX } from '../../../demo/azure/subscription.ts';
import { databasesOf } from '../../../demo/sqlServer/names.ts';
import { openJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import { type AzureForProcesses, startAzureForProcesses } from '../../azure/forProcesses.ts';
import { serverIdOf } from '../../azure/resources.ts';
import { JONAS, MIRA, TENANT } from '../../builders.ts';
import { startTestServer } from '../../engine/journal/testDatabase.ts';
import { isLongRun } from '../../longRun.ts';
import { startTestRedis } from '../../queue/testRedis.ts';

const undo = new AsyncDisposableStack();
let azure: AzureForProcesses;
let variables: Readonly<Record<string, string>>;

/** Rights are listed without a journal and without Redis as well; only what has to end with 0 needs them. */
const NOWHERE = { journal: 'postgres://nobody@127.0.0.1:1/none', redis: 'redis://127.0.0.1:1' };

async function stores() {
  if (!isLongRun) return NOWHERE;
  const [server, redis] = await Promise.all([startTestServer(), startTestRedis()]);
  undo.use(server);
  undo.use(redis);
  const url = await server.newDatabase();
  await using journal = openJournal({ url });
  await journal.migrate();
  return { journal: url, redis: redis.url };
}

beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'rewind-doctor-'));
  undo.defer(() => rm(root, { recursive: true, force: true }));
  azure = undo.use(await startAzureForProcesses());
  const { journal, redis } = await stores();
  const place = readPlace(azure.address);
  const { production, sandbox, state } = azure.azure;
  state.pace = { ...state.pace, firstBackupMs: 0 };
  for (const name of Object.values(databasesOf('prod'))) {
    await production.sql.administer('master', `CREATE DATABASE [${name}]`);
    state.locks.push({ scope: `${serverIdOf(production)}/databases/${name}`, name: 'keep', level: 'CanNotDelete' });
  }
  for (const name of [...Object.values(databasesOf('uat')), 'rewind_control'])
    await sandbox.sql.administer('master', `CREATE DATABASE [${name}]`);
  const file = join(root, 'environments.yaml');
  await writeFile(file, environmentsOn(place.address));
  variables = {
    ...{ ...place.identity, DEMO_SERVICE: place.sandbox },
    ...{ REWIND_JOURNAL_URL: journal, REWIND_REDIS_URL: redis, REWIND_ENVIRONMENTS: file, TEAMSFX_ENV: 'none' },
    PATH: process.env['PATH'] ?? '',
  };
});
afterAll(() => undo.disposeAsync());

const environmentsOn = (cloud: string) =>
  stringify({
    people: [],
    sources: {
      prod: { provider: 'azureSql', databases: databasesOf('prod'), settings: { ...PRODUCTION, cloud, lagMinutes: 1 } },
    },
    sandboxes: {
      uat: {
        provider: 'azureSql',
        databases: databasesOf('uat'),
        settings: {
          ...{ ...SANDBOX, cloud, sql: '${DEMO_SERVICE}' },
          copy: { sku: { name: 'GP_Gen5_2', tier: 'GeneralPurpose' } },
        },
        ...{ sources: ['prod'], requesters: [JONAS.id], approvers: [MIRA.id] },
        administrator: { signIn: 'admin@contoso.example', objectId: MIRA.id, tenantId: TENANT },
      },
    },
  });

/** `rewind doctor` as somebody types it: a process with nothing but its variables. */
async function doctor() {
  const { code, out } = await new Promise<{ code: number; out: string }>((resolve) => {
    execFile(process.execPath, ['cli/rewind.js', 'doctor'], { env: variables }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), out: stdout + stderr }),
    );
  });
  const secrets = [variables['IDENTITY_HEADER'] ?? '', decodeURIComponent(new URL(azure.address).password), 'Bearer'];
  expect(secrets.filter((secret) => secret === '' || out.includes(secret))).toEqual([]);
  const rights = out.split('\n').filter((line) => line.includes(' rights on '));
  return { code, out, rights, missing: rights.filter((line) => line.startsWith('✗')) };
}

const RIGHTS = {
  prod: [
    'servers/databases/write',
    'servers/databases/delete',
    'servers/databases/operations/read',
    'servers/databases/usages/read',
    'servers/databases/backupShortTermRetentionPolicies/read',
    'servers/databases/backupShortTermRetentionPolicies/write',
  ],
  uat: [
    'servers/databases/move/action',
    'servers/databases/replicationLinks/read',
    'servers/databases/backupLongTermRetentionPolicies/read',
    'servers/failoverGroups/read',
    'servers/elasticPools/read',
  ],
} as const;
const OF_BOTH = ['servers/read', 'servers/databases/read', ...RIGHTS.prod];
const LOCKS = 'Microsoft.Authorization/locks/read';

const lacks = (name: string, right: string): RegExp =>
  new RegExp(
    String.raw`^✗ rights on ${name}: lacks ${right.startsWith('Microsoft.') ? '' : 'Microsoft.Sql/'}${right} \([^)]+\)$`,
  );
const takeAway = (name: 'prod' | 'uat', right: string) =>
  azure.azure.state.withoutRights.add(`${name === 'prod' ? PRODUCTION.server : SANDBOX.server}: ${right}`);

test('doctor on Azure SQL › names in one go all that is missing on either server, with what gives it', async () => {
  const { locks, withoutRights } = azure.azure.state;
  const gone = locks.splice(0, 1);
  const wanted = [
    ...RIGHTS.prod.map((right) => ['prod', right] as const),
    ...[...RIGHTS.prod, ...RIGHTS.uat].map((right) => ['uat', right] as const),
  ];
  for (const [name, right] of wanted) takeAway(name, right);
  const { code, out, missing } = await doctor();
  withoutRights.clear();
  locks.unshift(...gone);
  expect(missing.length).toBe(wanted.length + 1);
  for (const [name, right] of wanted) expect(missing).toContainEqual(expect.stringMatching(lacks(name, right)));
  expect(missing).toContain(
    '✗ rights on prod: lacks CanNotDelete lock on rewind_demo_prod_ax (the right to delete cannot be narrowed to names)',
  );
  expect(out).toContain('with the role of docs/providers/azure-sql.md');
  expect(out).toContain('az lock create --lock-type CanNotDelete');
  expect(code).toBe(1);
});

test.runIf(isLongRun)(
  'doctor on Azure SQL › finds both servers in order by the managed identity, and says every right by its name',
  async () => {
    const { code, out, rights } = await doctor();
    expect(out.split('\n').filter((line) => line.startsWith('✗'))).toEqual([]);
    expect(out).toMatch(/^✓ source prod: reachable from \S+ to \S+$/m);
    const said = (name: string) => rights.filter((line) => line.startsWith(`✓ rights on ${name}: Microsoft.Sql/`));
    // And the one that shows the quota, without which no plan is refused.
    const shared = OF_BOTH.length + 1;
    expect([said('prod').length, said('uat').length]).toEqual([shared, shared + RIGHTS.uat.length]);
    expect(code).toBe(0);
  },
);

test
  .runIf(isLongRun)
  .each([
    ...[...OF_BOTH, LOCKS].map((right) => ['prod', right] as const),
    ...[...OF_BOTH, LOCKS, ...RIGHTS.uat].map((right) => ['uat', right] as const),
  ])(
  'doctor on Azure SQL › names on the server of %s that %s is missing, no other right, and ends with 1',
  async (name, right) => {
    takeAway(name, right);
    const { code, missing } = await doctor();
    azure.azure.state.withoutRights.clear();
    expect(missing).toEqual([expect.stringMatching(lacks(name, right))]);
    expect(code).toBe(1);
  },
);

test.runIf(isLongRun).each(['prod', 'uat'] as const)(
  'doctor on Azure SQL › says that it may not ask for the rights on the server of %s',
  async (name) => {
    takeAway(name, 'Microsoft.Authorization/permissions/read');
    const { code, out, missing } = await doctor();
    azure.azure.state.withoutRights.clear();
    const server = name === 'prod' ? PRODUCTION.server : SANDBOX.server;
    expect(missing).toEqual([
      `✗ rights on ${name}: The identity of the service may not do this in Azure: HTTP 403 AuthorizationFailed while reading the rights on ${server}`,
    ]);
    expect(out).toContain('→ Give it the role of docs/providers/azure-sql.md');
    expect(code).toBe(1);
  },
);

test.runIf(isLongRun).each([0, 1])(
  'doctor on Azure SQL › names production’s database %i without its lock',
  async (at) => {
    const { locks } = azure.azure.state;
    const [gone] = locks.splice(at, 1);
    const { code, missing } = await doctor();
    if (gone) locks.splice(at, 0, gone);
    const database = Object.values(databasesOf('prod'))[at] ?? '';
    expect(missing).toEqual([expect.stringContaining(`lacks CanNotDelete lock on ${database} `)]);
    expect(code).toBe(1);
  },
);

test.runIf(isLongRun).each([
  ['for another service', { audience: 'https://database.windows.net/' }],
  ['that has expired', { expiresIn: -60 }],
])('doctor on Azure SQL › says that Azure does not accept a token %s, and names nothing else', async (_, mood) => {
  Object.assign(azure.identity.mood, mood);
  const { code, out } = await doctor();
  azure.identity.reset();
  const refused = out.split('\n').filter((line) => line.startsWith('✗'));
  expect(refused.length).toBeGreaterThan(0);
  for (const line of refused) expect(line).toMatch(/does not accept the token/);
  expect(code).toBe(1);
});
