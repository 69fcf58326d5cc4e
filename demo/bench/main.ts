import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkerParts } from '../../queue/workerParts.ts';
import { startWorld, type World } from '../world.ts';
import { measureBareBullmq, measureReplies, measureStarts } from './clicks.ts';
import { atMost, milliseconds, times, type Figure } from './figure.ts';
import { cliStartFigures } from './cliStart.ts';
import { floodFigures } from './flood.ts';
import { housekeepingFigure } from './housekeeping.ts';
import { manySandboxesFigures } from './manySandboxes.ts';
import { linesOf, pageOf } from './page.ts';
import { measurePlanner } from './planner.ts';
import { refreshFigures, ROUNDS } from './refreshFigures.ts';
import { openRefreshes } from './refreshes.ts';
import { median, percentile } from './statistics.ts';

const SAMPLES = 100;
const say = (line: string) => console.log(line);

// Whatever does not work throws and ends this with 1; a goal that is not met is said.
const ALONE = {
  flood: () => inWorld(floodFigures),
  cli: cliStartFigures,
  sandboxes: () => inWorld(manySandboxesFigures),
};
const alone = Object.entries(ALONE).find(([name]) => name === process.argv[2])?.[1];
const folder = mkdtempSync(join(tmpdir(), 'rewind-bench-'));
try {
  const figures = await (alone ?? measureAll)();
  if (!alone) {
    const page = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md');
    writeFileSync(page, pageOf(figures, { rounds: ROUNDS, samples: SAMPLES }));
  }
  for (const line of linesOf(figures)) say(line);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function inWorld(measure: (world: World) => Promise<readonly Figure[]>): Promise<readonly Figure[]> {
  await using world = await startWorld({ folder, say });
  return await measure(world);
}

async function measureAll(): Promise<readonly Figure[]> {
  await using world = await startWorld({ folder, say });
  const replies = await measureReplies(world, SAMPLES);
  const flooded = await floodFigures(world);
  // From here on the bench itself is the worker.
  await world.supervisor.stop('worker');
  const worker = await openWorkerParts(world.variables);
  await using _journal = worker.parts.journal;
  const starts = await measureStarts(world, worker.parts, worker.log, SAMPLES);
  const bare = await measureBareBullmq(world, SAMPLES);
  const [click, reply] = [median(starts), percentile(replies, 0.95)];
  return [
    ...(await refreshFigures(world, openRefreshes(worker.parts), say)),
    { what: 'Click → engine starts, p50', value: milliseconds(click), goal: atMost(click, 50, '50 ms') },
    { what: 'The same with bare BullMQ, p50', value: milliseconds(median(bare)) },
    { what: 'First reply to `/status`, p50', value: milliseconds(median(replies)) },
    { what: 'First reply to `/status`, p95', value: milliseconds(reply), goal: atMost(reply, 300, '300 ms') },
    ...flooded,
    ...(await cliStartFigures()),
    ...(await manySandboxesFigures(world)),
    plannerFigure(),
    // Last: what lies in the journal afterwards is nobody's.
    await housekeepingFigure(worker.parts.journal, world.journalUrl),
  ];
}

function plannerFigure(): Figure {
  const { rows, planMs, ratio, heapMegabytes } = measurePlanner();
  return {
    what: `Restore chain from ${rows.toLocaleString('en')} backups`,
    value: `${milliseconds(planMs)}, ${times(ratio)} naive, ${heapMegabytes.toFixed(0)} MB`,
    goal: { text: '≤ 0.6× naive, ≤ 200 MB', isMet: ratio <= 0.6 && heapMegabytes <= 200 },
  };
}
