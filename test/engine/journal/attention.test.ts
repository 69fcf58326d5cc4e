import { expect, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import { byAttention, runsByAttention } from '../../../engine/journal/attention.ts';
import type { RunFilter } from '../../../engine/journal/journal.ts';
import { aRun } from '../../builders.ts';

const run = (number: number, parts: Partial<Run>): Run =>
  aRun({ runId: `R-${String(number)}`, reason: '', at: '2026-11-20T17:00:00.000Z', ...parts });
const order = (runs: readonly Run[]) => byAttention(runs).map(({ runId }) => runId);

test('runs › come in the order in which they want people: waiting, running, failed, ended, drafts', () => {
  const runs = [
    run(9, { state: 'draft', reason: undefined }),
    run(8, { state: 'aborted', reason: undefined }),
    run(7, { state: 'failed', target: 'test' }),
    run(6, { state: 'in-progress' }),
    run(5, { state: 'completed' }),
    run(4, { state: 'awaiting-approval' }),
    run(3, { state: 'aborted', reason: 'month end' }),
    run(2, { state: 'awaiting-cutover', target: 'dev' }),
  ];
  expect(order(runs)).toEqual(['R-4', 'R-2', 'R-6', 'R-7', 'R-5', 'R-3', 'R-9', 'R-8']);
});

test('a failure › that a later run has left behind, or that people took over, is history', () => {
  const left = run(2, { state: 'failed' });
  const taken = run(3, { state: 'failed', target: 'test', acceptedBy: { id: 'x', name: 'Mira', tenantId: 't' } });
  expect(order([left, run(4, { state: 'completed' }), taken])).toEqual(['R-4', 'R-3', 'R-2']);
  expect(order([left, run(5, { state: 'draft', reason: undefined })])).toEqual(['R-2', 'R-5']);
});

test('pages of runs › hold each run once, and no flood of drafts hides a decision', async () => {
  const drafts = Array.from({ length: 60 }, (_, index) => run(100 + index, { state: 'draft', reason: undefined }));
  const all = [run(1, { state: 'awaiting-approval' }), run(2, { state: 'completed' }), ...drafts];
  const journal = {
    runs: ({ states, limit }: RunFilter) =>
      Promise.resolve(
        all
          .filter((one) => states?.includes(one.state))
          .toSorted((a, b) => Number(b.runId.slice(2)) - Number(a.runId.slice(2)))
          .slice(0, limit),
      ),
  };
  const pages = await Promise.all([0, 20, 40, 60].map((from) => runsByAttention(journal, { from, count: 20 })));
  const seen = pages.flatMap(({ runs }) => runs.map(({ runId }) => runId));
  expect(seen.slice(0, 3)).toEqual(['R-1', 'R-2', 'R-159']);
  expect(new Set(seen).size).toBe(62);
  expect(pages.map(({ hasMore }) => hasMore)).toEqual([true, true, true, false]);
});
