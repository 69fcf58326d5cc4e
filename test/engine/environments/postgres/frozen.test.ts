import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CompiledQuery } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instant } from '../../../../engine/contracts.ts';
import { FencedError } from '../../../../engine/environments/errors.ts';
import { createPostgresFixture, type PostgresFixture } from './fixture.ts';
import type { FreezeAt } from './freezing.ts';
import type { Order } from './order.ts';
import { performWork } from './performWork.ts';

const TABLES = `
  CREATE TABLE public."LOGISTICSELECTRONICADDRESS" ("RECID" bigint PRIMARY KEY, "LOCATOR" text NOT NULL);
  CREATE TABLE public."PRINTMGMTSETTINGS" ("RECID" bigint PRIMARY KEY, "PRINTER" text NOT NULL);`;
const ROWS = (whose: string) => `
  INSERT INTO public."LOGISTICSELECTRONICADDRESS" VALUES (1, 'somebody@${whose}.example');
  INSERT INTO public."PRINTMGMTSETTINGS" VALUES (1, 'printer of ${whose}');`;

let fixture: PostgresFixture;
let at: Instant;
let fence = 0;

beforeAll(async () => {
  fixture = await createPostgresFixture();
  for (const [port, whose] of [
    [fixture.productionPort, 'prod'],
    [fixture.targetPort, 'uat'],
  ] as const) {
    const client = new Client({ connectionString: fixture.url(port, 'postgres', 'axdb') });
    await client.connect();
    await client.query(TABLES + ROWS(whose));
    await client.end();
  }
  at = await fixture.commit();
  await fixture.commit();
  await fixture.archive();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const writer = (runId: string) =>
  fixture.provider.open(
    fixture.target,
    { runId, fence: (fence += 1), signal: new AbortController().signal },
    fixture.source,
  );

async function perform(work: Parameters<typeof performWork>[0], runId: string): Promise<void> {
  await performWork(work, { writer: writer(runId), source: fixture.source, target: fixture.target, at });
}

/** A worker process that stands still there; `wake` resolves when it has ended. */
async function frozenWorker(work: Order['work'], runId: string, freezeAt: FreezeAt) {
  const { source, target } = fixture;
  const order = JSON.stringify({ work, source, target, runId, at, fence: (fence += 1), freezeAt } satisfies Order);
  const child = spawn(process.execPath, [fileURLToPath(new URL('./frozenWorker.ts', import.meta.url)), order], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, complained] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  const exit = once(child, 'close');
  const frozen = new Promise<'frozen'>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('frozen')) resolve('frozen');
    });
  });
  const first = await Promise.race([frozen, exit]);
  if (first !== 'frozen') throw new Error(`It never came there: ${said}${complained}`);
  return async (): Promise<string> => {
    child.kill('SIGCONT');
    await exit;
    return said.includes('done') ? 'it got through' : complained;
  };
}

async function inCopy(sql: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: fixture.url(fixture.copyPort, 'rewind', 'axdb') });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
const ADDRESSES = 'SELECT "LOCATOR" AS value FROM public."LOGISTICSELECTRONICADDRESS" ORDER BY "RECID"';
const PRINTERS = 'SELECT "PRINTER" AS value FROM public."PRINTMGMTSETTINGS" ORDER BY "RECID"';

test('a worker that stands still in the middle of sanitizing › changes nothing once its successor has proved', async () => {
  await perform('restore', 'R-1');
  const wake = await frozenWorker('sanitize', 'R-1', { sql: '^update "public"."LOGISTICSELECTRONICADDRESS"' });
  await perform('sanitize', 'R-1');
  // Whoever still sanitizes would clear it.
  await inCopy(`INSERT INTO public."LOGISTICSELECTRONICADDRESS" VALUES (2, 'written behind the proof')`);
  expect(await wake()).toContain('FencedError');
  expect(await inCopy(ADDRESSES)).toEqual([{ value: '' }, { value: 'written behind the proof' }]);
  await perform('drop-incoming', 'R-1');
});

test.for(['^delete from "public"."PRINTMGMTSETTINGS"', '^insert into "public"."PRINTMGMTSETTINGS"'])(
  'a worker that stands still while it applies the target’s settings (%s) › changes nothing once its successor has proved',
  async (sql) => {
    await perform('restore', 'R-2');
    await perform('sanitize', 'R-2');
    // What an earlier attempt has written is replaced.
    await perform('apply-target-settings', 'R-2');
    const wake = await frozenWorker('apply-target-settings', 'R-2', { sql });
    await perform('apply-target-settings', 'R-2');
    await inCopy(`UPDATE public."PRINTMGMTSETTINGS" SET "RECID" = 7`);
    expect(await wake()).toContain('FencedError');
    expect(await inCopy(PRINTERS)).toEqual([{ value: 'printer of uat' }]);
    await perform('drop-incoming', 'R-2');
  },
);

test('a worker that stands still inside the swap › switches nothing once its successor has switched and come back', async () => {
  await perform('restore', 'R-3');
  const wake = await frozenWorker('swap', 'R-3', { link: true });
  await perform('swap', 'R-3');
  await perform('swap-back', 'R-3');
  expect(await wake()).toContain('FencedError');
  expect(await readlink(join(fixture.root, 'uat', 'current'))).toBe('generations/initial');
  expect(await fixture.canOrdinaryLogin('target')).toBe(true);
  await perform('drop-incoming', 'R-3');
});

test('a statement of a worker that is overtaken meanwhile › is ended at the server and rolled back', async () => {
  await perform('restore', 'R-4');
  await using session = await writer('R-4').session('incoming', 'application');
  const sql = `INSERT INTO public."PRINTMGMTSETTINGS" SELECT 9, 'too late' FROM pg_sleep(60)`;
  const tooLate = session.execute(CompiledQuery.raw(sql)).then(
    () => 'committed',
    (error: unknown) => error,
  );
  await using _next = await writer('R-4').session('incoming', 'application');
  expect(await tooLate).toBeInstanceOf(FencedError);
  expect(await inCopy(PRINTERS)).toEqual([{ value: 'printer of prod' }]);
  await perform('drop-incoming', 'R-4');
});
