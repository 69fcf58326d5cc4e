import { systemClock } from '../../engine/clock.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { awaitingWork } from './awaitingWork.ts';
import { fillWithEndedRuns } from './endedRuns.ts';
import { atMost, milliseconds, type Figure } from './figure.ts';
import { median } from './statistics.ts';

const RUNS = 10_000;
const TARGETS = 100;
const ROUNDS = 20;
const UNFINISHED = [
  ...(['draft', 'queued', 'in-progress'] as const),
  ...(['awaiting-exception', 'awaiting-cutover', 'rollback-in-progress'] as const),
] as const;

/** What a reconciler's round asks of a journal that has seen years: unfinished runs, and what is due by itself. */
export async function housekeepingFigure(journal: Journal, url: string): Promise<Figure> {
  const like = await awaitingWork(journal);
  await journal.record(like.runId, { kind: 'stopped' }, { actor: like.requestedBy });
  await fillWithEndedRuns(url, { like, runs: RUNS, targets: TARGETS });
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = systemClock.elapsedMs();
    await journal.runs({ states: UNFINISHED });
    await journal.chores(systemClock.now());
    rounds.push(systemClock.elapsedMs() - from);
  }
  const value = median(rounds);
  return {
    what: `Housekeeping with ${RUNS.toLocaleString('en')} ended runs, ${String(TARGETS)} sandboxes`,
    value: milliseconds(value),
    goal: atMost(value, 50, '50 ms'),
  };
}
