import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigner } from '../../engine/journal/signatures.ts';
import { openWorkerParts } from '../../queue/workerParts.ts';
import { startDemo, type Demo } from '../startDemo.ts';
import { measureBareBullmq, measureReplies, measureStarts } from './clicks.ts';
import { atMost, milliseconds, times, type Figure } from './figure.ts';
import { cliStartFigures } from './cliStart.ts';
import { crowdFigures } from './crowd.ts';
import { floodFigures } from './flood.ts';
import { housekeepingFigure } from './housekeeping.ts';
import { maskKindFigures } from './maskKinds.ts';
import { manySandboxesFigures } from './manySandboxes.ts';
import { linesOf, pageOf } from './page.ts';
import { measurePlanner } from './planner.ts';
import { refreshFigures, ROUNDS } from './refreshFigures.ts';
import { openRefreshes } from './refreshes.ts';
import { sanitizationFigures } from './sanitization.ts';
import { median, percentile } from './statistics.ts';

const SAMPLES = 100;
const say = (line: string) => console.log(line);

// Whatever does not work throws and ends this with 1; a goal that is not met is said.
const ALONE = {
  flood: () => inDemo(floodFigures),
  crowd: () => inDemo(crowdFigures),
  cli: cliStartFigures,
  sandboxes: () => inDemo(manySandboxesFigures),
  sanitization: () => sanitizationFigures(say),
  masks: () => maskKindFigures(say),
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
  if (process.send) process.send(figures);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function inDemo(measure: (demo: Demo) => Promise<readonly Figure[]>): Promise<readonly Figure[]> {
  await using demo = await startDemo({ folder, say });
  return await measure(demo);
}

async function measureAll(): Promise<readonly Figure[]> {
  await using demo = await startDemo({ folder, say });
  const replies = await measureReplies(demo, SAMPLES);
  const crowded = await crowdFigures(demo);
  const flooded = await floodFigures(demo);
  // From here on the bench itself is the worker.
  await demo.supervisor.stop('worker');
  const worker = await openWorkerParts(demo.variables);
  await using _journal = worker.parts.journal;
  const starts = await measureStarts(demo, worker.parts, worker.log, SAMPLES);
  const bare = await measureBareBullmq(demo, SAMPLES);
  const [click, reply] = [median(starts), percentile(replies, 0.95)];
  return [
    ...(await refreshFigures(demo, openRefreshes(worker.parts, createSigner(demo.signingKey)), say)),
    { what: 'Click → engine starts, p50', value: milliseconds(click), goal: atMost(click, 50, '50 ms') },
    { what: 'The same with bare BullMQ, p50', value: milliseconds(median(bare)) },
    { what: 'First reply to `/status`, p50', value: milliseconds(median(replies)) },
    { what: 'First reply to `/status`, p95', value: milliseconds(reply), goal: atMost(reply, 300, '300 ms') },
    ...crowded,
    ...flooded,
    ...(await cliStartFigures()),
    ...(await manySandboxesFigures(demo)),
    ...(await inOwnProcess('sanitization')),
    ...(await inOwnProcess('masks')),
    plannerFigure(),
    // Last: what lies in the journal afterwards is nobody's.
    await housekeepingFigure(worker.parts.journal, demo.journalUrl),
  ];
}

/** Memory is the whole process's: what was measured before must not be in it. */
async function inOwnProcess(name: keyof typeof ALONE): Promise<readonly Figure[]> {
  const child = fork(import.meta.filename, [name, ...process.argv.slice(2)]);
  const figures = once(child, 'message') as Promise<[readonly Figure[]]>;
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The bench of ${name} ended with ${String(code)} and no figures`);
  });
  const [taken] = await Promise.race([figures, ended]);
  return taken;
}

function plannerFigure(): Figure {
  const { rows, planMs, ratio, heapMegabytes } = measurePlanner();
  return {
    what: `Restore chain from ${rows.toLocaleString('en')} backups`,
    value: `${milliseconds(planMs)}, ${times(ratio)} naive, ${heapMegabytes.toFixed(0)} MB`,
    goal: { text: '≤ 0.6× naive, ≤ 200 MB', isMet: ratio <= 0.6 && heapMegabytes <= 200 },
  };
}
