import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { namesOf, roleByName } from '../../../../engine/environments/sqlServer/names.ts';
import { quoteName, quoteText } from '../../../../engine/databases/sqlServer/quote.ts';
import { isLongRun } from '../../../longRun.ts';

const numRuns = isLongRun ? 100_000 : 10_000;
const name = oneof(
  string({ unit: 'binary', maxLength: 140 }),
  string({ unit: constantFrom(']', '[', "'", '"', ';', '-', '\n', ' ', 'x', '%', '\\', '.'), maxLength: 140 }),
);

/** SQL Server's own reading, character by character. @returns the text and where it ends. */
function readQuoted(text: string, open: string, close: string): { value: string; rest: string } {
  if (!text.startsWith(open)) throw new Error('not quoted');
  let value = '';
  for (let at = open.length; at < text.length; at += 1) {
    if (text[at] !== close) value += text[at] ?? '';
    else if (text[at + 1] === close) {
      value += close;
      at += 1;
    } else return { value, rest: text.slice(at + 1) };
  }
  throw new Error('not closed');
}

test(`${String(numRuns)} random names › are read back as they were, or refused before anything is sent`, () => {
  let refused = 0;
  assert(
    property(name, (text) => {
      for (const [quote, open, close] of [
        [quoteName, '[', ']'],
        [quoteText, "N'", "'"],
      ] as const) {
        let quoted: string;
        try {
          quoted = quote(text);
        } catch {
          refused += 1;
          continue;
        }
        expect(readQuoted(`${quoted}; DROP DATABASE x`, open, close)).toEqual({
          value: text,
          rest: '; DROP DATABASE x',
        });
      }
    }),
    { numRuns },
  );
  expect(refused).toBeGreaterThan(0);
});

test('names of a run › are told from the target’s and from those of other databases', () => {
  const { incoming, previous } = namesOf('AxDB', 'R-1042');
  expect(roleByName('axdb', incoming)).toEqual({ role: 'incoming', runId: 'R-1042' });
  expect(roleByName('AXDB', previous)).toEqual({ role: 'previous', runId: 'R-1042' });
  expect(roleByName('AxDB', 'axdb')).toEqual({ role: 'target' });
  for (const other of ['AxDB2', 'AxDB_previous', 'MyAxDB__incoming_R-1', 'AxDB__other_R-1'])
    expect(roleByName('AxDB', other)).toBeUndefined();
});

test('names of a run › are refused before the restore when the rename would be too long', () => {
  expect(() => namesOf('x'.repeat(120), 'R-1042')).toThrow(/SQL Server has 128/);
  expect(() => namesOf('AxDB', 'R-1]; DROP')).toThrow(/run id/);
});
