import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { AzureUnusableError } from '../../demo/azure/errors.ts';
import { openAzure } from '../../demo/azure/home.ts';
import { openLogicalServer } from '../../demo/azure/logicalServer.ts';
import { openSubscription, PRODUCTION, SANDBOX } from '../../demo/azure/subscription.ts';
import { readPlace } from '../../demo/azure/place.ts';
import { sqlServer } from '../../demo/company/dialects/sqlServer.ts';
import { PROFILES } from '../../demo/company/profiles.ts';
import { contentOf } from '../../demo/company/schema/company.ts';
import { CONTROL } from '../../demo/sqlServer/names.ts';
import { systemClock } from '../../engine/clock.ts';
import { REFUSALS } from '../azure/refusals.ts';
import { isLongRun } from '../longRun.ts';

let folder: string;
let azure: Awaited<ReturnType<typeof startAzure>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rewind-play-'));
  azure = await startAzure();
});

afterAll(async () => {
  await azure.end();
  await rm(folder, { recursive: true, force: true });
});

/** A script of the project, as a person at a terminal starts it. */
const start = (script: string, ...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

/** The stand-in as somebody starts it by hand: its first line is its address, its last says what it was sent. */
async function startAzure() {
  const child = start('test/azure/start.ts');
  const lines = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]();
  const read = async () => String((await lines.next()).value);
  return {
    url: await read(),
    async end(): Promise<unknown> {
      if (child.exitCode !== null) return undefined;
      child.kill('SIGTERM');
      const last: unknown = JSON.parse(await read());
      await once(child, 'close');
      return last;
    },
  };
}

async function demo(
  ...args: readonly string[]
): Promise<{ readonly code: unknown; readonly lines: readonly string[] }> {
  const child = start('demo/main.ts', '--folder', folder, ...args);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += String(text)));
  const [code] = await once(child, 'close');
  return { code, lines: said.trimEnd().split('\n') };
}

test.runIf(isLongRun)(
  'the demo on Azure SQL › plays the whole journey, proves it, and leaves both servers as it found them',
  async () => {
    const { url, end } = await startAzure();
    const { code, lines } = await demo('--play', '--azure', url);
    expect(lines.filter((line) => line.includes('✗'))).toEqual([]);
    expect(lines.slice(-20).join('\n')).toContain('"journey":"ok"');
    expect(lines.filter((line) => line.includes('✓')).length).toBe(14);
    const result: unknown = JSON.parse(lines.at(-1) ?? '');
    expect(result).toMatchObject({
      proofs: 14,
      runs: [
        { target: 'uat', state: 'rolled-back' },
        { target: 'test', state: 'aborted' },
        { target: 'test', state: 'rolled-back' },
      ],
    });
    expect(code).toBe(0);
    const subscription = await openSubscription(readPlace(url));
    for (const place of [PRODUCTION, SANDBOX]) expect(await subscription.databases(place)).toEqual([]);
    const sent = await end();
    expect(sent).toMatchObject({ namingProduction: [] });
    expect(z.object({ writes: z.number() }).parse(sent).writes).toBeGreaterThan(30);
  },
  600_000,
);

test('the demo on Azure SQL › takes nothing but a stand-in on this machine, and says so in one line', async () => {
  const elsewhere = azure.url.replace('127.0.0.1', 'management.azure.com');
  for (const wrong of [elsewhere, 'http://127.0.0.1:1', 'x'])
    expect(() => readPlace(wrong)).toThrow(AzureUnusableError);
  const { code, lines } = await demo('--play', '--azure', elsewhere);
  expect(lines).toEqual([
    expect.stringMatching(/^The address after --azure is not that of a stand-in on this machine\. Start one with /),
  ]);
  expect(code).toBe(1);
});

test('the demo on Azure SQL › takes away what an earlier one has left, locked as it is, and what it makes itself', async () => {
  const { url } = azure;
  const place = readPlace(url);
  const subscription = await openSubscription(place);
  const left = 'rewind_demo_prod_ax';
  await using production = openLogicalServer(place.production);
  await production.run('master', `CREATE DATABASE [${left}]`);
  await subscription.lock(PRODUCTION, left);
  {
    await using _home = await openAzure({ root: folder, url, clock: systemClock, say: () => undefined });
    expect(await subscription.databases(PRODUCTION)).toEqual([]);
    expect(await subscription.databases(SANDBOX)).toEqual([CONTROL]);
  }
  for (const one of [PRODUCTION, SANDBOX]) expect(await subscription.databases(one)).toEqual([]);
});

test('the company › is founded without a statement that Azure refuses', () => {
  const content = contentOf({ ...PROFILES.prod, scale: 0.01 }, sqlServer);
  const statements = [...content.application.statements, ...content.financialReporting.statements];
  expect(statements.some((text) => text.includes('-SYSADMIN-'))).toBe(true);
  expect(statements.filter((text) => REFUSALS.some(({ match }) => match.test(text)))).toEqual([]);
});
