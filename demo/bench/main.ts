import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../engine/clock.ts';
import { openWorkshop } from '../../queue/workshop.ts';
import { startWorld, type World } from '../world.ts';
import { measureBareBullmq, measureReplies, measureStarts } from './clicks.ts';
import { measurePlanner } from './planner.ts';
import { openRefreshes } from './refreshes.ts';
import { growTenfold } from './tenfold.ts';
import { median, percentile } from './statistics.ts';
import { watchAvailability } from './watchAvailability.ts';

const ROUNDS = 5;
const WATCHED_ROUNDS = 3;
const LARGE_ROUNDS = 3;
const SAMPLES = 100;
const say = (line: string) => console.log(line);

interface Figure {
  readonly what: string;
  readonly value: string;
  readonly goal: string;
}

const folder = mkdtempSync(join(tmpdir(), 'rewind-bench-'));
try {
  const figures = await measure();
  const page = pageOf(figures);
  writeFileSync(join(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md'), page);
  say(page);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<readonly Figure[]> {
  await using world = await startWorld({ folder, say });
  const replies = await measureReplies(world, SAMPLES);
  // From here on the bench itself is the worker.
  await world.supervisor.stop('worker');
  const workshop = await openWorkshop(world.variables);
  await using _journal = workshop.parts.journal;
  const starts = await measureStarts(world, workshop.parts, workshop.log, SAMPLES);
  const bare = await measureBareBullmq(world, SAMPLES);
  return [
    ...(await refreshFigures(world, openRefreshes(workshop.parts))),
    { what: 'Click → engine starts, p50', value: milliseconds(median(starts)), goal: '≤ 50 ms' },
    { what: 'The same with bare BullMQ, p50', value: milliseconds(median(bare)), goal: '' },
    { what: 'First reply to `/status`, p50', value: milliseconds(median(replies)), goal: '' },
    { what: 'First reply to `/status`, p95', value: milliseconds(percentile(replies, 0.95)), goal: '≤ 300 ms' },
    plannerFigure(),
  ];
}

async function refreshFigures(world: World, refreshes: ReturnType<typeof openRefreshes>): Promise<readonly Figure[]> {
  const at = world.company.moments.find(({ name }) => name === 'before the mistake')?.at ?? '';
  const uatUrl = world.company.uat.as.axruntimeuser.application;
  const bares: number[] = [];
  const wholes: number[] = [];
  const switches: number[] = [];
  const gaps: number[] = [];
  const rollbacks: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const bare = await refreshes.bare('uat', at);
    const { run, seconds } = await refreshes.whole('uat', at);
    bares.push(bare);
    wholes.push(seconds);
    switches.push(run.figures.switchSeconds ?? Number.NaN);
    rollbacks.push(await refreshes.rollBack(run));
    say(`round ${String(round + 1)}: bare ${inSeconds(bare)}, whole ${inSeconds(seconds)}`);
  }
  for (let round = 0; round < WATCHED_ROUNDS; round += 1) {
    const watch = watchAvailability(uatUrl);
    const { run } = await refreshes.whole('uat', at);
    gaps.push(await watch.end());
    await refreshes.rollBack(run);
  }
  await growTenfold(world, say);
  const grown = await settled(world, (await world.company.workload.moment('grown')).at);
  const largeRollbacks: number[] = [];
  for (let round = 0; round < LARGE_ROUNDS; round += 1) {
    const { run } = await refreshes.whole('uat', grown);
    largeRollbacks.push(await refreshes.rollBack(run));
  }
  const largeRollback = median(largeRollbacks);
  const overhead = median(wholes.map((whole, round) => whole - (bares[round] ?? Number.NaN)));
  return [
    { what: 'Refresh of uat, bare', value: inSeconds(median(bares)), goal: '' },
    { what: 'Refresh of uat, whole runbook', value: inSeconds(median(wholes)), goal: '' },
    {
      what: 'Orchestration overhead',
      value: `${inSeconds(overhead)}, ${((overhead / median(bares)) * 100).toFixed(1)} %`,
      goal: '≤ 2 % or 1 s, whichever is larger',
    },
    { what: 'Switch', value: inSeconds(median(switches)), goal: '≤ 2 s' },
    { what: 'Target out of reach for a client that asks every 10 ms', value: inSeconds(median(gaps)), goal: '' },
    { what: 'Rollback', value: inSeconds(median(rollbacks)), goal: '≤ 5 s' },
    {
      what: 'Rollback, database ten times larger',
      value: `${inSeconds(largeRollback)}, ${(largeRollback / median(rollbacks)).toFixed(2)}×`,
      goal: '≤ 1.5×',
    },
  ];
}

async function settled(world: World, at: string): Promise<string> {
  await world.company.workload.archiveNow();
  return at;
}

function plannerFigure(): Figure {
  const { rows, planMs, ratio, heapMegabytes } = measurePlanner();
  return {
    what: `Restore chain from ${rows.toLocaleString('en')} backups`,
    value: `${milliseconds(planMs)}, ${ratio.toFixed(2)}× naive, ${heapMegabytes.toFixed(0)} MB`,
    goal: '≤ 0.6× naive, ≤ 200 MB',
  };
}

function pageOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, goal }) => `| ${what} | ${value} | ${goal} |`);
  const machine = `${String(cpus().length)} cores, ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.versions.node}, ${process.platform}`;
  return `# Benchmarks

Written by \`npm run bench\` (${systemClock.now().slice(0, 10)}; ${machine}). Everything runs in one go on real PostgreSQL and Redis, so
compare the lines with each other, not with another machine. Refreshes: median of ${String(ROUNDS)} rounds, bare and whole in turns, the overhead as the median of their differences;
clicks and replies: ${String(SAMPLES)} samples.

| what | measured | goal |
| --- | --- | --- |
${rows.join('\n')}

*Bare* is the same restore, sanitization, proof and swap called one after the other by a script in the same process. *Whole*
adds the journal, leases, checks, logs and progress of a run. Neither has commands to run or a cutover to wait for.

The company's own clusters run with \`fsync\` off (demo/clusters/configuration.ts); the copy is flushed by the provider. A durable
target stops and starts more slowly, so the switch and the rollback are to be measured again where they matter.
`;
}

function inSeconds(value: number | undefined): string {
  return `${(value ?? Number.NaN).toFixed(2)} s`;
}

function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}
