import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import { createHeadKeeper } from '../../../bot/notify/heads.ts';
import { createUntoldHeads } from '../../../bot/notify/untoldHeads.ts';
import { readHeads } from '../../../engine/journal/audit/headFile.ts';
import { aRun, JONAS } from '../../builders.ts';
import type { MessageRow, NewMessage } from '../../../engine/journal/messages.ts';
import { createVirtualClock } from '../../engine/doubles/virtualClock.ts';
import { createMemoryJournal } from '../doubles/memoryJournal.ts';

const NOW = '2026-11-20T12:00:00.000Z';
const beside: MessageRow = {
  ...{ id: 'm1', runId: 'R-1001', kind: 'run', conversation: 'c', address: { chat: 'here' } },
  ...{ posts: 1, isTried: false, isReplaced: false, shownSeq: 1, shownUnder: { generation: 0 } },
};

function aKeeper(file?: string) {
  const posted: string[] = [];
  const errors: string[] = [];
  const noted = (event: string) => void errors.push(event);
  const journal = createMemoryJournal(() => NOW);
  const addMessage = async (message: NewMessage) => (posted.push(JSON.stringify(message.picture)), 'm2');
  const keep = createHeadKeeper({
    journal: {
      ...{ ...journal, addMessage },
      records: async (runId) => [
        { runId, seq: 7, at: NOW, actor: JONAS, event: 'complete', data: {}, previousHash: '', hash: 'abc' },
      ],
    },
    renderer: { notice: (_, { title, text }) => ({ type: 'AdaptiveCard', body: [title, text] }) as never },
    clock: { now: () => NOW },
    log: { info: () => undefined, warn: noted, error: noted, debug: () => undefined } as never,
    file,
  });
  return { keep, posted, errors };
}

const completed = (change: Partial<Run> = {}): Run => aRun({ state: 'completed', endedAt: NOW, ...change });

test('the head of a run › is told once per end, and not before there is one', async () => {
  const { keep, posted } = aKeeper();
  await keep(aRun({ state: 'in-progress' }), beside);
  await keep(aRun({ state: 'aborted', endedAt: NOW, ending: { how: 'kept', by: JONAS, at: NOW, reason: '' } }), beside);
  expect(posted).toEqual([]);
  await keep(completed(), beside);
  await keep(completed({ version: 9 }), beside);
  expect(posted).toHaveLength(1);
  expect(posted[0]).toMatch(/R-1001.*Record 7 .*hash is abc/);
  await keep(completed({ state: 'rolled-back', endedAt: '2026-11-21T12:00:00.000Z' }), beside);
  expect(posted).toHaveLength(2);
});

test('the head of a run › is appended to the installation’s file, and a file that takes none keeps no card back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-heads-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'heads.jsonl');
  const kept = aKeeper(file);
  await kept.keep(completed(), beside);
  expect(await readHeads(file)).toEqual([{ at: NOW, runId: 'R-1001', state: 'completed', seq: 7, hash: 'abc' }]);
  const full = aKeeper(folder);
  await full.keep(completed(), beside);
  expect([full.errors, full.posted.length]).toEqual([['head-not-in-file'], 1]);
});

function rounds(keep: ReturnType<typeof aKeeper>['keep'], runs: readonly (readonly [Run, readonly MessageRow[]])[]) {
  const cards = new Map(runs.map(([{ runId }, rows]) => [runId, rows]));
  return createUntoldHeads({
    journal: { runs: async () => runs.map(([run]) => run), cards: async (runId) => cards.get(runId) ?? [] },
    ...{ keepHead: keep, clock: createVirtualClock(), log: { warn: () => undefined } as never },
  });
}

test('the head of a run without a card › is appended to the file once, and told beside what is left of its conversation', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-heads-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'heads.jsonl');
  const { keep, posted } = aKeeper(file);
  const gone = { ...beside, goneAt: NOW };
  const untold = rounds(keep, [
    [completed({ runId: 'R-1001' }), []],
    [completed({ runId: 'R-1002' }), [gone]],
    [completed({ runId: 'R-1003' }), [gone, { ...beside, id: 'm9', kind: 'approval' }]],
    // Told when its card is brought up to date.
    [completed({ runId: 'R-1004' }), [beside]],
  ]);
  await untold.round();
  await untold.round();
  expect((await readHeads(file))?.map(({ runId }) => runId)).toEqual(['R-1001', 'R-1002', 'R-1003']);
  expect(posted).toHaveLength(1);
  expect(posted[0]).toContain('R-1003');
});

test('the head of a run without a card › is tried again where the file takes none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-heads-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { keep, errors } = aKeeper(folder);
  const untold = rounds(keep, [[completed(), []]]);
  await untold.round();
  await untold.round();
  expect(errors).toEqual(['head-not-in-file', 'head-not-in-file']);
});
