import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createModelClock } from '../../../../engine/environments/model/clock.ts';
import { createRecoveryWindows } from '../../../../engine/environments/postgres/archive/recoveryWindows.ts';
import { sourceSettings } from '../../../../engine/environments/postgres/settings.ts';
import { withSettings } from '../../../../engine/environments/typedSettings.ts';
import { aSource } from '../builders.ts';
import { segmentName, SEGMENT_BYTES, writeWal } from './walWriter.ts';

const at = (time: string) => `2026-11-20T${time}Z`;

/** One commit per segment, one segment per given time; backups end at theirs and begin in the segment before it. */
async function anArchive(parts: {
  readonly commits: readonly string[];
  readonly missing?: readonly number[];
  readonly backups: readonly { readonly stoppedAt: string; readonly segment: number }[];
}) {
  const root = await mkdtemp(join(tmpdir(), 'rewind-archive-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const [archiveFolder, backupsFolder] = [join(root, 'archive'), join(root, 'backups')];
  await mkdir(archiveFolder);
  await mkdir(join(backupsFolder, 'unfinished', 'data'), { recursive: true });
  await writeFile(join(archiveFolder, '00000002.history'), '');
  await writeFile(join(archiveFolder, `${segmentName(1)}.00000028.backup`), '');
  await writeFile(join(archiveFolder, 'archtemp.7'), '');
  const segments = writeWal(
    parts.commits.flatMap((time) => [
      { length: 64, committedAt: BigInt(Date.parse(at(time))) * 1000n },
      { length: SEGMENT_BYTES - 40 - 3 * 24 - 64 },
    ]),
  );
  for (const [index, segment] of segments.entries()) {
    const number = index + 1;
    if (!parts.missing?.includes(number)) await writeFile(join(archiveFolder, segmentName(number)), segment);
  }
  for (const { stoppedAt, segment } of parts.backups) {
    await mkdir(join(backupsFolder, stoppedAt), { recursive: true });
    await writeFile(
      join(backupsFolder, stoppedAt, 'backup.json'),
      JSON.stringify({
        stoppedAt: at(stoppedAt),
        startWal: segmentName(segment),
        stopWal: segmentName(segment),
        sizeBytes: 1000,
        systemIdentifier: '7',
      }),
    );
  }
  return withSettings(aSource({ settings: { archiveFolder, backupsFolder } }), sourceSettings);
}

const windowsAt = (now: string) => createRecoveryWindows(createModelClock(now));

test('recovery windows › begin after a whole backup and end before the last archived commit', async () => {
  const source = await anArchive({
    commits: ['10:00:00.000', '11:00:00.000', '12:00:00.000'],
    backups: [{ stoppedAt: '10:30:00.000', segment: 1 }],
  });
  const { windows, gaps } = await windowsAt(at('13:00:00.000')).survey(source);
  expect(windows).toEqual([{ from: at('10:30:00.001'), to: at('11:59:59.999') }]);
  expect(gaps).toEqual([]);
});

test('recovery windows › of an idle source are none: nothing was committed after the backup', async () => {
  const source = await anArchive({ commits: ['10:00:00.000'], backups: [{ stoppedAt: '10:30:00.000', segment: 1 }] });
  const windows = windowsAt(at('13:00:00.000'));
  expect((await windows.survey(source)).windows).toEqual([]);
  await expect(windows.chainTo(source, at('11:00:00.000'))).rejects.toThrow(
    'no commit after a whole base backup is archived',
  );
});

test('recovery windows › end at a missing segment and go on with the next backup; the gap names the segment', async () => {
  const source = await anArchive({
    commits: ['10:00:00.000', '11:00:00.000', '12:00:00.000', '13:00:00.000', '14:00:00.000', '15:00:00.000'],
    missing: [3],
    backups: [
      { stoppedAt: '10:30:00.000', segment: 1 },
      { stoppedAt: '13:30:00.000', segment: 4 },
    ],
  });
  const windows = windowsAt(at('16:00:00.000'));
  expect(await windows.survey(source)).toMatchObject({
    windows: [
      { from: at('10:30:00.001'), to: at('10:59:59.999') },
      { from: at('13:30:00.001'), to: at('14:59:59.999') },
    ],
    gaps: [{ from: at('10:59:59.999'), to: at('13:30:00.001'), reason: `WAL segment ${segmentName(3)} is missing` }],
  });
  await expect(windows.chainTo(source, at('12:00:00.000'))).rejects.toMatchObject({
    remedy: `Choose another moment; the nearest reachable: ${at('10:59:59.999')} or ${at('13:30:00.001')}.`,
  });
});

test('recovery windows › show what lies behind a missing segment as a gap even without a later backup', async () => {
  const source = await anArchive({
    commits: ['10:00:00.000', '11:00:00.000', '12:00:00.000', '13:00:00.000'],
    missing: [3],
    backups: [{ stoppedAt: '10:30:00.000', segment: 1 }],
  });
  const { windows, gaps } = await windowsAt(at('16:00:00.000')).survey(source);
  expect(windows).toEqual([{ from: at('10:30:00.001'), to: at('10:59:59.999') }]);
  expect(gaps).toEqual([
    { from: at('10:59:59.999'), to: at('13:00:00.000'), reason: `WAL segment ${segmentName(3)} is missing` },
  ]);
});

test('recovery windows › of two backups on unbroken WAL are one; the newest backup before the moment is taken', async () => {
  const source = await anArchive({
    commits: ['10:00:00.000', '11:00:00.000', '12:00:00.000', '13:00:00.000'],
    backups: [
      { stoppedAt: '10:30:00.000', segment: 1 },
      { stoppedAt: '11:30:00.000', segment: 2 },
    ],
  });
  const windows = windowsAt(at('16:00:00.000'));
  expect((await windows.survey(source)).windows).toEqual([{ from: at('10:30:00.001'), to: at('12:59:59.999') }]);
  const early = await windows.chainTo(source, at('11:15:00.000'));
  expect([early.backup.stamp, early.segments]).toEqual(['10:30:00.000', [1, 2, 3].map((n) => segmentName(n))]);
  const late = await windows.chainTo(source, at('12:15:00.000'));
  expect([late.backup.stamp, late.segments]).toEqual(['11:30:00.000', [2, 3, 4].map((n) => segmentName(n))]);
});

test('recovery windows › begin no earlier than the retention, however long that is', async () => {
  const source = await anArchive({
    commits: ['10:00:00.000', '12:00:00.000', '14:00:00.000'],
    backups: [{ stoppedAt: '10:30:00.000', segment: 1 }],
  });
  const late = windowsAt('2026-12-20T11:00:00.000Z');
  const { windows } = await late.survey(source);
  expect(windows).toEqual([{ from: at('11:00:00.000'), to: at('13:59:59.999') }]);
  const longer = await late.survey({ ...source, retentionDays: 90 });
  expect(longer.windows).toEqual([{ from: at('10:30:00.001'), to: at('13:59:59.999') }]);
  expect((await windowsAt('2026-11-22T15:00:00.000Z').survey({ ...source, retentionDays: 2 })).windows).toEqual([]);
});
