import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { systemClock } from '../../engine/clock.ts';
import { fenceOf } from '../../engine/environments/postgres/fence.ts';
import { openSession } from '../../engine/environments/postgres/sessions.ts';
import { parsePack } from '../../engine/sanitization/pack/rulePack.ts';
import { sanitize } from '../../engine/sanitization/sanitize.ts';
import { createCluster, startCluster, stopCluster } from '../clusters/cluster.ts';
import { closeServer, listenOnLoopback } from '../loopbackServer.ts';
import { atMost, inSeconds, times, type Figure } from './figure.ts';

const MILLION = 1_000_000;
const MEMORY_LIMIT_MB = 300;
const [superuser, password] = ['postgres', 'for this bench only'];

/** What the two do alike: addresses of one kind are cleared, and all rows of a history are deleted. */
const CHOSEN = `"TYPE" = 2 OR "LOCATOR" LIKE '%@%'`;
const BY_HAND = [
  `UPDATE "LOGISTICSELECTRONICADDRESS" SET "LOCATOR" = '', "RECVERSION" = CASE "RECVERSION" WHEN 2147483647 THEN 1 ELSE "RECVERSION" + 1 END WHERE ${CHOSEN}`,
  'TRUNCATE "BATCHHISTORY"',
];
const any = [
  {
    any: [
      { column: 'TYPE', equals: 2 },
      { column: 'LOCATOR', like: '%@%' },
    ],
  },
];
const pack = parsePack(
  {
    name: 'bench',
    title: 'Bench',
    elements: [
      {
        ...{ id: 'all', title: 'All', source: 'The bench', disposition: 'cleared', reason: 'the bench' },
        rules: [
          {
            ...{ id: 'addresses', table: 'LOGISTICSELECTRONICADDRESS', action: 'clear-columns', columns: ['LOCATOR'] },
            ...{ where: any, offending: [...any, { column: 'LOCATOR', isNotEmpty: true }] },
          },
          { id: 'history', table: 'BATCHHISTORY', action: 'delete-rows', offending: 'any-row' },
        ],
      },
    ],
  },
  'bench',
);
const sandbox = { administrator: { signIn: 'admin@fabrikam.example', objectId: 'o', tenantId: 't' } };

/** 3 million rows beside a script; with `--large` 20 million too, which takes some 20 GB of disk. */
export async function sanitizationFigures(say: (line: string) => void): Promise<readonly Figure[]> {
  const small = await measure(3 * MILLION, say);
  const figures = figuresOf(small);
  if (!process.argv.includes('--large')) return figures;
  say('20 million rows: needs about 20 GB of free disk');
  const large = await measure(20 * MILLION, say);
  const growth = large.ours / small.ours;
  return [
    ...figures,
    ...figuresOf(large),
    { what: 'Sanitization, 3 → 20 million rows', value: times(growth), goal: atMost(growth, 7.5, '7.5×') },
  ];
}

interface Measured {
  readonly rows: number;
  readonly byHand: number;
  readonly ours: number;
  readonly peakMegabytes: number;
}

function figuresOf({ rows, byHand, ours, peakMegabytes }: Measured): readonly Figure[] {
  const millions = `${String(rows / MILLION)} million rows`;
  const speed = byHand / ours;
  return [
    { what: `Sanitizing ${millions}, a script by hand`, value: inSeconds(byHand) },
    {
      what: `Sanitizing ${millions}, ledger, proof and statistics included`,
      value: `${inSeconds(ours)}, ${times(speed)} its speed`,
      goal: { text: '≥ 1.5× its speed', isMet: speed >= 1.5 },
    },
    {
      what: `The worker's memory meanwhile`,
      value: `${peakMegabytes.toFixed(0)} MB`,
      goal: atMost(peakMegabytes, MEMORY_LIMIT_MB, `${String(MEMORY_LIMIT_MB)} MB`),
    },
  ];
}

async function measure(rows: number, say: (line: string) => void): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-bench-sanitization-'));
  const port = await freePort();
  await createCluster({ folder, port, superuser, password });
  await startCluster({ folder });
  try {
    const main = await connect(port, 'postgres');
    await using _main = disposable(main);
    await fill(main, port, rows);
    say(`${rows.toLocaleString('en')} rows are there`);
    const byHand = await onCopy(main, port, async (client) => {
      for (const statement of BY_HAND) await client.query(statement);
    });
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
    const ours = await onCopy(main, port, () => sanitizeCopy(folder, port)).finally(() => clearInterval(watch));
    return { rows, byHand, ours, peakMegabytes: peak / 1024 ** 2 };
  } finally {
    await stopCluster({ folder, mode: 'immediate' });
    await rm(folder, { recursive: true, force: true });
  }
}

/** As the table is in Finance & Operations, with its primary key alone: 70 % of the rows are meant. */
async function fill(main: Client, port: number, rows: number): Promise<void> {
  await main.query('CREATE DATABASE origin');
  const client = await connect(port, 'origin');
  await using _client = disposable(client);
  for (const [table, key] of [
    ['LOGISTICSELECTRONICADDRESS', 'lea'],
    ['BATCHHISTORY', 'bh'],
  ] as const) {
    await client.query(
      `CREATE TABLE "${table}" ("TYPE" int NOT NULL, "LOCATOR" varchar(255) NOT NULL, "DESCRIPTION" varchar(60) NOT NULL,
         "RECVERSION" int NOT NULL DEFAULT 1, "PARTITION" bigint NOT NULL DEFAULT 5637144576, "RECID" bigint NOT NULL)`,
    );
    await client.query(
      `INSERT INTO "${table}" SELECT CASE WHEN n % 10 < 6 THEN 2 ELSE 1 END, CASE WHEN n % 10 < 7 THEN 'customer' || n || '@contoso.example' ELSE '+49 30 ' || n END, 'Address number ' || n, 1, 5637144576, n
         FROM generate_series(1, $1::bigint) AS n`,
      [rows],
    );
    await client.query(`ALTER TABLE "${table}" ADD CONSTRAINT ${key} PRIMARY KEY ("RECID")`);
  }
  await client.query('VACUUM ANALYZE');
}

/** @returns seconds */
async function onCopy(main: Client, port: number, work: (client: Client) => Promise<void>): Promise<number> {
  await main.query('CREATE DATABASE copy TEMPLATE origin STRATEGY file_copy');
  await main.query('CHECKPOINT');
  const client = await connect(port, 'copy');
  try {
    const from = systemClock.elapsedMs();
    await work(client);
    return (systemClock.elapsedMs() - from) / 1000;
  } finally {
    await client.end();
    await main.query('DROP DATABASE copy WITH (FORCE)');
  }
}

async function sanitizeCopy(folder: string, port: number): Promise<void> {
  const target = { ...sandbox, name: 'bench', settings: { folder } };
  const address = { host: '127.0.0.1', port, user: superuser, password };
  const signal = new AbortController().signal;
  const open = () => openSession(address, 'copy', { fence: fenceOf(target, 1), signal });
  await using session = await open();
  await sanitize({ session, open, packs: [pack], sandbox, signal, now: () => systemClock.now() });
}

async function connect(port: number, database: string): Promise<Client> {
  const client = new Client({ host: '127.0.0.1', port, user: superuser, password, database });
  await client.connect();
  return client;
}

const disposable = (client: Client): AsyncDisposable => ({ [Symbol.asyncDispose]: () => client.end() });

async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = new URL(await listenOnLoopback(server));
  await closeServer(server);
  return Number(port);
}
