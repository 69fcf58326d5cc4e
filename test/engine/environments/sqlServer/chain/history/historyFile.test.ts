import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readBackupHistoryFile } from '../../../../../../engine/environments/sqlServer/chain/history/historyFile.ts';
import { decodeUtf8 } from '../../../../../../engine/environments/sqlServer/chain/history/fileText.ts';
import { createRowSplitter } from '../../../../../../engine/environments/sqlServer/chain/history/jsonRows.ts';
import { aBackup, aFamily } from '../aBackup.ts';

const folder = mkdtempSync(join(tmpdir(), 'rewind-history-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(content: string | Uint8Array): string {
  const path = join(folder, 'history.json');
  writeFileSync(path, content);
  return path;
}

function piecesOf(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

function split(pieces: readonly Buffer[]): unknown[] {
  const splitter = createRowSplitter(decodeUtf8);
  const rows = pieces.flatMap((piece) => splitter.push(piece));
  splitter.end();
  return rows.map((row): unknown => JSON.parse(row));
}

test('a file › is read as UTF-8 and as UTF-16 of either order, with and without a byte order mark', async () => {
  const name = 'E:\\Sauvegarde complète “[{,}]\\.bak';
  const text = JSON.stringify([aBackup('full', 'D', '00:00', 100, 110, { families: [aFamily(name)] })]);
  const little = [text, `\uFEFF${text}`].map((one) => Buffer.from(one, 'utf16le'));
  for (const content of [text, `\uFEFF${text}`, ...little, ...little.map((one) => Buffer.from(one).swap16())]) {
    const { databases, notes } = await readBackupHistoryFile(write(content));
    expect([databases[0]?.sets[0]?.devices[0]?.name, notes]).toEqual([name, []]);
  }
});

test('a file in the code page of Windows › is read, and the note says what may be wrong', async () => {
  const rows = [aBackup('full', 'D', '00:00', 100, 110, { families: [aFamily('E:\\Müller.bak')] })];
  const { databases, notes } = await readBackupHistoryFile(write(Buffer.from(JSON.stringify(rows), 'latin1')));
  expect(databases[0]?.sets.map(({ devices }) => devices[0]?.name)).toEqual(['E:\\Müller.bak']);
  expect(notes).toEqual([expect.stringContaining('read in the code page of western Windows')]);
});

test('a file that a query window broke into lines › is put together, wherever the breaks fall', async () => {
  const rows = [aBackup('full', 'D', '00:00', 100, 110), aBackup('log', 'L', '01:00', 110, 120, { is_damaged: true })];
  for (const [size, end] of [
    [1, '\n'],
    [2, '\r\n'],
    [3, '\n'],
    [7, '\r\n'],
    [100, '\n'],
  ] as const) {
    const { databases, notes } = await readBackupHistoryFile(write(piecesOf(JSON.stringify(rows), size).join(end)));
    const sets = databases[0]?.sets.map(({ uuid, devices, defect }) => [uuid, devices[0]?.name, defect?.kind]);
    expect(sets).toEqual([
      ['full', 'E:\\backup\\full.bak', undefined],
      ['log', 'E:\\backup\\log.trn', 'damaged'],
    ]);
    expect(notes[0]).toContain('2,033 characters');
  }
});

test('a file › may keep the heading and the footing of a query window, and nothing else around the array', async () => {
  const row = JSON.stringify([aBackup('full', 'D', '00:00', 100, 110)]);
  for (const content of [
    `JSON_F52E2B61-18A1-11d1-B105-00805F49916B\r\n-----------\r\n${row}\r\n\r\n(1 row affected)\r\n`,
    `history\n${row}\n\n(1 Zeile betroffen)\n\nCompletion time: 2026-11-20T10:00:00+01:00\n`,
  ]) {
    expect((await readBackupHistoryFile(write(content))).databases).toHaveLength(1);
  }
  await expect(readBackupHistoryFile(write(`rows: ${row}`))).rejects.toThrow('not a JSON array');
  await expect(readBackupHistoryFile(write(`"${row.replaceAll('"', '""')}"`))).rejects.toThrow('it is CSV');
});

test('a row that is no JSON › is left out and named, and the others count', async () => {
  const text = JSON.stringify([aBackup('full', 'D', '00:00', 100, 110)]);
  const { databases, notes } = await readBackupHistoryFile(write(`[{"a":},${text.slice(1)}`));
  expect(databases[0]?.sets).toHaveLength(1);
  expect(notes).toEqual([expect.stringMatching(/^One row of the backup history is odd\. row 1: it is no JSON/)]);
});

test('a file › that is absent, empty, cut or no array of objects is refused with the reason', async () => {
  await expect(readBackupHistoryFile(join(folder, 'absent.json'))).rejects.toThrow('absent.json is not there');
  const row = JSON.stringify(aBackup('full', 'D', '00:00', 100, 110));
  for (const [content, reason] of [
    ['', 'not a JSON array'],
    ['[]', 'it holds no backup'],
    [row, 'not a JSON array'],
    [`[${row}`, `it was cut after ${String(row.length + 1)} characters`],
    [`[${row.slice(0, 40)}`, 'ends in the middle'],
    [`[${row} ${row}]`, 'not a JSON array'],
    [`[${row},]`, 'not a JSON array'],
    [`[,${row}]`, 'not a JSON array'],
    [`[${row}] x`, 'not a JSON array'],
    [`[${row}][]`, 'not a JSON array'],
    ['[1, 2]', 'not a JSON array'],
    ['[[]]', 'the row'],
    ['[{]}]', 'cannot be used'],
    ['[{"a":}]', 'cannot be used'],
    [Buffer.from([0x5b, 0xff, 0xff, 0x5d]), 'cannot be used'],
  ] as const) {
    await expect(readBackupHistoryFile(write(content))).rejects.toThrow(reason);
  }
});

test('rows › are split the same wherever the text is cut', () => {
  const rows = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 2 }), (values, size, indent) => {
      const text = JSON.stringify(values, null, indent);
      const bytes = Buffer.from(text);
      const pieces = [...bytes.keys()]
        .filter((place) => place % size === 0)
        .map((place) => bytes.subarray(place, place + size));
      // JSON has no negative zero.
      expect(split(pieces)).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});
