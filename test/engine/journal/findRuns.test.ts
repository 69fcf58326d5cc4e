import { expect, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import { findRuns, type RunSearch } from '../../../engine/journal/findRuns.ts';
import type { RunFilter } from '../../../engine/journal/journal.ts';
import { aRun, JONAS, LARS, MIRA } from '../../builders.ts';

const failure = { step: 'sanitize', code: 'x', message: 'It failed', remedy: '' } as const;
const run = (number: number, parts: Partial<Run>): Run =>
  aRun({ runId: `R-${String(number)}`, reason: '', createdAt: '2026-11-10T12:00:00.000Z', ...parts });

const RUNS: readonly Run[] = [
  run(1, { state: 'completed', createdAt: '2026-11-01T12:00:00.000Z' }),
  run(2, { state: 'failed', failure, target: 'test', requestedBy: MIRA }),
  run(3, { state: 'rolled-back', failure }),
  run(4, { state: 'rolled-back' }),
  run(5, { state: 'aborted', reason: undefined }),
  run(6, { state: 'draft', reason: undefined, requestedBy: MIRA }),
  run(7, { state: 'aborted', ending: { how: 'rejected', by: MIRA, at: '', reason: 'no' } }),
  run(8, {
    state: 'completed',
    requestedBy: { ...LARS, name: 'Lars Nyström' },
    approval: { by: MIRA, at: '', digest: '' },
    createdAt: '2026-11-20T12:00:00.000Z',
  }),
  run(9, { state: 'completed', shapedBy: [JONAS, LARS] }),
];

const journal = (runs = RUNS) => ({
  runs: ({ target, states, limit }: RunFilter) =>
    Promise.resolve(
      runs
        .filter((one) => one.target === target && (states?.includes(one.state) ?? true))
        .toReversed()
        .slice(0, limit),
    ),
});

async function found(search: RunSearch): Promise<readonly string[]> {
  const { runs } = await findRuns(journal(), search, { targets: ['uat', 'test'], count: 20 });
  return runs.map(({ runId }) => runId.slice(2));
}

test.each<readonly [string, RunSearch, readonly number[]]>([
  ['nothing finds every request, and no typing', {}, [9, 8, 7, 4, 3, 2, 1]],
  ['failed finds what failed, whatever became of it', { hasFailed: true }, [3, 2]],
  ['open drafts', { drafts: 'open' }, [9, 8, 7, 6, 4, 3, 2, 1]],
  ['all drafts: every number', { drafts: 'all' }, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
  ['somebody finds whoever asked, chose or approved', { by: { ids: [MIRA.id] } }, [8, 2]],
  ['a hand in the plan', { by: { ids: [LARS.id] } }, [9, 8]],
  ['a part of a name, without accents', { by: { ids: [], name: 'nystrom' } }, [9, 8]],
  ['nobody by an empty name', { by: { ids: [], name: '' } }, []],
  ['since', { since: '2026-11-10T12:00:00.000Z' }, [9, 8, 7, 4, 3, 2]],
  ['until, without that instant', { until: '2026-11-10T12:00:00.000Z' }, [1]],
  ['all at once', { hasFailed: true, by: { ids: [MIRA.id] }, since: '2026-11-02T00:00:00.000Z' }, [2]],
])('runs looked for › %s', async (_, search, expected) => {
  expect(await found(search)).toEqual(expected.map(String));
});

test('runs looked for › come in pages, each run once', async () => {
  const page = (from: number) => findRuns(journal(), {}, { targets: ['uat', 'test'], from, count: 3 });
  const pages = await Promise.all([0, 3, 6].map(page));
  expect(pages.map(({ runs, hasMore }) => [runs.length, hasMore])).toEqual([
    [3, true],
    [3, true],
    [1, false],
  ]);
  expect(new Set(pages.flatMap(({ runs }) => runs.map(({ runId }) => runId))).size).toBe(7);
});

test('runs looked for › say when there are more than anybody has looked at', async () => {
  const many = Array.from({ length: 501 }, (_, n) => run(n + 1, { state: 'completed' }));
  const looked = (runs: readonly Run[]) => findRuns(journal(runs), {}, { targets: ['uat'], count: 1 });
  expect((await looked(many)).isCut).toBe(true);
  expect((await looked(many.slice(2))).isCut).toBe(false);
});
