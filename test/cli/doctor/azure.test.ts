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
import { startTestRedis } from '../../queue/testRedis.ts';

const undo = new AsyncDisposableStack();
let azure: AzureForProcesses;
let variables: Readonly<Record<string, string>>;

beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'rewind-doctor-'));
  undo.defer(() => rm(root, { recursive: true, force: true }));
  azure = undo.use(await startAzureForProcesses());
  const [server, redis] = await Promise.all([startTestServer(), startTestRedis()]);
  undo.use(server);
  undo.use(redis);
  const journalUrl = await server.newDatabase();
  await using journal = openJournal({ url: journalUrl });
  await journal.migrate();
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
    ...{ REWIND_JOURNAL_URL: journalUrl, REWIND_REDIS_URL: redis.url, REWIND_ENVIRONMENTS: file, TEAMSFX_ENV: 'none' },
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
async function doctor(): Promise<{ readonly code: number; readonly out: string; readonly lines: readonly string[] }> {
  const { code, out } = await new Promise<{ code: number; out: string }>((resolve) => {
    execFile(process.execPath, ['cli/rewind.js', 'doctor'], { env: variables }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), out: stdout + stderr }),
    );
  });
  return { code, out, lines: out.split('\n').filter((line) => / rights on |^✗/.test(line)) };
}

test('doctor on Azure SQL › finds both servers in order by the managed identity, and says every right by its name', async () => {
  const { code, out, lines } = await doctor();
  expect(lines.filter((line) => !line.startsWith('✓'))).toEqual([]);
  expect(out).toMatch(/^✓ source prod: reachable from \S+ to \S+$/m);
  expect(lines).toContain('✓ rights on uat: Microsoft.Sql/servers/databases/move/action (switch by renames)');
  expect(lines).toContain(
    '✓ rights on prod: CanNotDelete lock on rewind_demo_prod_ax (the right to delete cannot be narrowed to names)',
  );
  expect(code).toBe(0);
  const secrets = [variables['IDENTITY_HEADER'] ?? '', decodeURIComponent(new URL(azure.address).password), 'Bearer'];
  expect(secrets.filter((secret) => secret === '' || out.includes(secret))).toEqual([]);
});

test('doctor on Azure SQL › names what is missing on either server with what gives it, and ends with 1', async () => {
  const { state } = azure.azure;
  state.withoutRights.add('azsql-prod: servers/databases/delete').add('azsql-uat: servers/databases/move/action');
  state.locks.shift();
  const { code, lines } = await doctor();
  expect(lines.filter((line) => line.startsWith('✗'))).toEqual([
    '✗ rights on prod: lacks Microsoft.Sql/servers/databases/delete (delete what a run has made)',
    '✗ rights on prod: lacks CanNotDelete lock on rewind_demo_prod_ax (the right to delete cannot be narrowed to names)',
    '✗ rights on uat: lacks Microsoft.Sql/servers/databases/move/action (switch by renames)',
  ]);
  expect(code).toBe(1);
  state.withoutRights.clear();
});
