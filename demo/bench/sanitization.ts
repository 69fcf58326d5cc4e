import { systemClock } from '../../engine/clock.ts';
import { proveCoverage } from '../../engine/proofs/coverage.ts';
import { collectOnce } from '../../engine/proofs/collect/collectOnce.ts';
import { readSought } from '../../engine/proofs/collect/sideTable.ts';
import { scopeOf } from '../../engine/proofs/kinds.ts';
import { searchCopy } from '../../engine/proofs/search.ts';
import { parsePack, rulesOf } from '../../engine/sanitization/pack/rulePack.ts';
import { sanitize } from '../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../engine/sanitization/verify.ts';
import { atMost, inSeconds, times, type Figure } from './figure.ts';
import { startScratchCluster, type ScratchCluster } from './scratchCluster.ts';

const MILLION = 1_000_000;
const MEMORY_LIMIT_MB = 300;

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
          // Whoever masks mail addresses says that none is left: they are searched for.
          {
            ...{ id: 'users', table: 'SYSUSERINFO', action: 'mask', columns: { EMAIL: 'email' } },
            offending: [{ column: 'EMAIL', notMasked: 'email' }],
          },
        ],
      },
    ],
  },
  'bench',
);
const sandbox = {
  administrator: {
    signIn: 'admin@fabrikam.example',
    objectId: 'c0ffee00-0000-4000-8000-000000000001',
    tenantId: 'c0ffee00-0000-4000-8000-000000000002',
  },
};

/** 3 million rows beside a script; with `--large` 20 million too, which takes some 20 GB of disk. */
export async function sanitizationFigures(say: (line: string) => void): Promise<readonly Figure[]> {
  const small = await measure(3 * MILLION, say);
  const figures = figuresOf(small);
  if (!process.argv.includes('--large')) return figures;
  say('20 million rows: needs about 20 GB of free disk');
  const large = await measure(20 * MILLION, say);
  const growth = large.ours.seconds / small.ours.seconds;
  return [
    ...figures,
    ...figuresOf(large),
    { what: 'Sanitization, 3 → 20 million rows', value: times(growth), goal: atMost(growth, 7.5, '7.5×') },
  ];
}

interface Parts {
  /** Seconds each. */
  readonly noted: number;
  readonly sanitized: number;
  readonly proved: number;
  readonly searched: number;
  readonly values: number;
  readonly megabytes: number;
}

interface Measured {
  readonly rows: number;
  readonly byHand: number;
  readonly ours: { readonly seconds: number; readonly peakMegabytes: number };
  readonly proved: { readonly seconds: number; readonly peakMegabytes: number; readonly parts: Parts };
}

function figuresOf({ rows, byHand, ours, proved }: Measured): readonly Figure[] {
  const millions = `${String(rows / MILLION)} million rows`;
  const [speed, provedSpeed] = [byHand / ours.seconds, byHand / proved.seconds];
  const { noted, sanitized, proved: conditions, searched, values, megabytes } = proved.parts;
  const memory = (peak: number) => ({
    value: `${peak.toFixed(0)} MB`,
    goal: atMost(peak, MEMORY_LIMIT_MB, `${String(MEMORY_LIMIT_MB)} MB`),
  });
  return [
    { what: `Sanitizing ${millions}, a script by hand`, value: inSeconds(byHand) },
    {
      what: `Sanitizing ${millions}, ledger, proof and statistics included`,
      value: `${inSeconds(ours.seconds)}, ${times(speed)} its speed`,
      goal: { text: '≥ 1.5× its speed', isMet: speed >= 1.5 },
    },
    { what: `The worker's memory meanwhile`, ...memory(ours.peakMegabytes) },
    {
      what: `Sanitizing ${millions} with all proofs`,
      value: `${inSeconds(proved.seconds)}, ${times(provedSpeed)} its speed`,
      goal: { text: '≥ 1× its speed', isMet: provedSpeed >= 1 },
    },
    {
      what: 'Of it: noted, sanitized, post-conditions and columns, searched',
      value: `${[noted, sanitized, conditions, searched].map(inSeconds).join(', ')}; ${values.toLocaleString('en')} values, ${(megabytes / searched).toFixed(0)} MB/s`,
    },
    { what: `The worker's memory meanwhile`, ...memory(proved.peakMegabytes) },
  ];
}

async function measure(rows: number, say: (line: string) => void): Promise<Measured> {
  await using cluster = await startScratchCluster();
  await fill(cluster, rows);
  say(`${rows.toLocaleString('en')} rows are there`);
  const byHand = await cluster.onCopy(async (client) => {
    for (const statement of BY_HAND) await client.query(statement);
  });
  const bare = await watched(() => cluster.onCopy(() => sanitizeCopy(cluster)));
  const proved = await watched(() => cluster.onCopy(() => sanitizeAndProve(cluster)));
  return {
    rows,
    byHand: byHand.seconds,
    ours: { seconds: bare.result.seconds, peakMegabytes: bare.peakMegabytes },
    proved: {
      seconds: proved.result.seconds,
      peakMegabytes: proved.peakMegabytes,
      parts: proved.result.result,
    },
  };
}

async function watched<Result>(work: () => Promise<Result>) {
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  const result = await work().finally(() => clearInterval(watch));
  return { result, peakMegabytes: peak / 1024 ** 2 };
}

/** As the table is in Finance & Operations, with its primary key alone: 70 % of the rows are meant. */
async function fill(cluster: ScratchCluster, rows: number): Promise<void> {
  for (const database of ['origin', 'reports']) await cluster.main.query(`CREATE DATABASE ${database}`);
  await using client = await cluster.connect('origin');
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
  await client.query(
    `CREATE TABLE "SYSUSERINFO" AS SELECT n AS "ID", 'user' || n || '@contoso.example' AS "EMAIL" FROM generate_series(1, 100) AS n`,
  );
  await client.query('VACUUM ANALYZE');
}

const signal = new AbortController().signal;
const now = () => systemClock.now();

async function sanitizeCopy(cluster: ScratchCluster): Promise<void> {
  const open = () => cluster.session('copy');
  await using session = await open();
  await sanitize({ session, open, packs: [pack], sandbox, signal, now });
}

/** What the two steps do: noted before, sanitized, post-conditions, columns and search on sessions of their own. */
async function sanitizeAndProve(cluster: ScratchCluster): Promise<Parts> {
  const clock = systemClock.elapsedMs();
  const parts = { noted: 0, sanitized: 0, proved: 0, searched: 0, values: 0, megabytes: 0 };
  const lap = () => (systemClock.elapsedMs() - clock) / 1000;
  const open = () => cluster.session('copy');
  {
    await using session = await open();
    await using financialReporting = await cluster.session('reports');
    await using living = await cluster.readSession('reports');
    const copy = { application: session, financialReporting };
    const environments = { source: { settings: {} }, target: { settings: {}, ...sandbox } };
    let before = 0;
    await sanitize({
      ...{ session, open, packs: [pack], sandbox, signal, now },
      async beforeFirstRule(fitted) {
        before = lap();
        await collectOnce({ copy, living, ...environments, now, signal }, fitted);
        parts.noted = lap() - before;
      },
    });
    parts.sanitized = lap() - parts.noted;
  }
  await using application = await cluster.readSession('copy');
  await using financialReporting = await cluster.readSession('reports');
  const verdicts = await verifySanitization({ session: application, packs: [pack], sandbox });
  if (!verdicts.every(({ passed }) => passed)) throw new Error('A rule is not proved');
  const copy = { application, financialReporting };
  const names = { application: 'copy', financialReporting: 'reports' };
  const covered = await proveCoverage({ copy, packs: [pack], target: { ...sandbox, databases: names }, now, signal });
  if (covered.findings.length > 0) throw new Error('A column is not decided');
  parts.proved = lap() - parts.noted - parts.sanitized;
  const sought = await readSought(copy);
  if (sought === undefined) throw new Error('Nothing was noted');
  const [search] = await searchCopy({ copy, names, sought, scope: scopeOf(rulesOf([pack])), now, signal });
  if (search === undefined || search.findings.length > 0) throw new Error('Something was found');
  parts.searched = lap() - parts.noted - parts.sanitized - parts.proved;
  parts.values = search.searched.values;
  parts.megabytes = search.searched.bytes / 1e6;
  return parts;
}
