import { expect, test } from 'vitest';
import { guessRestore } from '../../../../../engine/environments/sqlServer/plan/guessRestore.ts';
import { aScene } from '../refresh.ts';

const MINUTE = 60_000;
const MB = 1e6;

type Chain = Parameters<typeof guessRestore>[0][number];
const backup = (
  type: 'full' | 'differential' | 'log',
  minutes: number,
  { sizeBytes = null, doubt = null }: { readonly sizeBytes?: bigint | null; readonly doubt?: string | null } = {},
) =>
  ({ backup: { type, startedLocal: 0, finishedLocal: minutes * MINUTE, sizeBytes, doubt } }) as Chain['steps'][number];

const files = (data: number, log: number): Chain['files'] => [
  { Type: 'D', Size: data * MB },
  { Type: 'L', Size: log * MB },
];

test('the restore of a first run › is guessed from half to twice the time of its full and differential backups, and what files and log backups add', () => {
  const application = {
    steps: [
      backup('full', 60, { sizeBytes: BigInt(300_000 * MB) }),
      backup('differential', 10),
      backup('log', 1),
      backup('log', 1),
    ],
    files: files(400_000, 50_000),
  };
  const reporting = { steps: [backup('full', 2, { sizeBytes: BigInt(4000 * MB) })], files: files(4000, 0) };
  // 150 GB that may have to be filled with zeros at 100 MB/s, and two log backups.
  expect(guessRestore([application])).toEqual({ fromSeconds: 35 * 60, toSeconds: 140 * 60 + 4 + 1500 });
  expect(guessRestore([application, reporting])).toEqual({
    fromSeconds: 36 * 60,
    toSeconds: 144 * 60 + 4 + 1500,
  });
});

test('the restore of a first run › is not guessed where no backup tells how long it took', () => {
  expect(guessRestore([{ steps: [backup('full', 0.1), backup('log', 30)], files: files(10, 10) }])).toBeUndefined();
  const doubtful = { steps: [backup('full', 30, { doubt: 'its clock went back' })], files: files(10, 10) };
  expect(guessRestore([doubtful])).toBeUndefined();
});

test('a plan of SQL Server › guesses from the times in the backup history', async () => {
  await using scene = await aScene();
  const { provider, source, target } = scene.fixture;
  const at = scene.moments[1] ?? '';
  expect((await provider.plan(source, target, at)).restoreGuess).toBeUndefined();
  const { backupset } = scene.standIn.state.history;
  for (const row of backupset.filter(({ type }) => type === 'D')) {
    const finished = Date.parse(`${String(row['backup_finish_date'])}Z`);
    Object.assign(row, { backup_start_date: new Date(finished - 40_000).toISOString().slice(0, -1) });
  }
  expect((await provider.plan(source, target, at)).restoreGuess).toMatchObject({ fromSeconds: 40 });
});
