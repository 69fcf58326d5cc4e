import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import {
  readBackupHistoryFile,
  splitJsonArray,
} from '../../../../../engine/environments/sqlServer/chain/historyFile.ts';
import { aBackup } from './aBackup.ts';

const folder = mkdtempSync(join(tmpdir(), 'rewind-history-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(content: string | Uint8Array): string {
  const path = join(folder, 'history.json');
  writeFileSync(path, content);
  return path;
}

async function split(chunks: readonly string[]): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const row of splitJsonArray(chunks)) rows.push(JSON.parse(row));
  return rows;
}

test('a file › is read as UTF-8 and as the UTF-16 that Windows tools write, with and without a byte order mark', async () => {
  const text = JSON.stringify([aBackup('full', 'D', '00:00', 100, 110, { name: 'Sauvegarde complète “[{,}]\\"' })]);
  for (const content of [text, `\uFEFF${text}`, Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
    const [history] = await readBackupHistoryFile(write(content));
    expect(history?.sets.map(({ uuid }) => uuid)).toEqual(['full']);
  }
});

test('a file › that is absent, empty, cut or no array of objects is refused with the reason', async () => {
  await expect(readBackupHistoryFile(join(folder, 'absent.json'))).rejects.toThrow('absent.json is not there');
  const row = JSON.stringify(aBackup('full', 'D', '00:00', 100, 110));
  for (const [content, reason] of [
    ['', 'not a JSON array'],
    ['[]', 'it holds no backup'],
    [row, 'not a JSON array'],
    [`[${row}`, 'ends in the middle'],
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

test('rows › are split the same wherever the text is cut', async () => {
  const rows = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 2 }),
      async (values, size, indent) => {
        const text = JSON.stringify(values, null, indent);
        const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
          text.slice(index * size, (index + 1) * size),
        );
        // JSON has no negative zero.
        expect(await split(chunks)).toEqual(JSON.parse(text));
      },
    ),
    { numRuns: 500 },
  );
});
