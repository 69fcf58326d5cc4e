import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeVerdict } from '../../../engine/reports/reportText.ts';
import { examineReport, signReport } from '../../../engine/reports/signedReport.ts';
import { isLongRun } from '../../longRun.ts';
import { aReport, FORMER, OWN } from './samples.ts';

const keys = [OWN.open];
const signed = signReport(aReport(), OWN.own);
const kindOf = (file: string | Uint8Array, known = keys, runId?: string) => examineReport(file, known, runId).kind;

test('a signed report › is valid with the public key alone, and its hash is that of the file', () => {
  expect(examineReport(signed.text, keys)).toEqual({ kind: 'valid', report: aReport(), key: 'reports-2026' });
  expect(signed.head).toEqual({
    sha256: createHash('sha256').update(signed.text).digest('hex'),
    madeAt: aReport().madeAt,
    key: 'reports-2026',
  });
});

test('a signed report › is not valid any more once any one byte of it is another', () => {
  const bytes = Buffer.from(signed.text);
  // Every place once, to any other byte.
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (bytes[at] ?? 0) ^ (1 + (at % 255));
    expect([at, kindOf(changed)]).not.toEqual([at, 'valid']);
  }
});

test('a signed report › is not valid any more once bytes are changed, added or taken away anywhere', () => {
  const bytes = Buffer.from(signed.text);
  const piece = fc.uint8Array({ maxLength: 6 });
  fc.assert(
    fc.property(fc.nat(bytes.length), fc.nat(6), piece, (at, gone, put) => {
      const changed = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + gone)]);
      fc.pre(!changed.equals(bytes));
      expect(kindOf(changed)).not.toBe('valid');
    }),
    { numRuns: isLongRun ? 100_000 : 2_000 },
  );
});

test.for<[string, (text: string) => string]>([
  ['a space that JSON forgives', (text) => text.replace('{"report"', '{ "report"')],
  ['no line end', (text) => text.trimEnd()],
  ['a line end of Windows', (text) => text.replace('\n', '\r\n')],
  [
    'another order of members',
    (text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).toReversed())),
  ],
  ['an escape that means the same', (text) => text.replace('"R-1042"', String.raw`"R-104\u0032"`)],
  ['a member that stands there twice', (text) => text.replace('"run":"R-1042"', '"run":"R-1042","run":"R-1042"')],
  ['another member', (text) => text.replace('{"report"', '{"note":"","report"')],
  ['a number written otherwise', (text) => text.replace('"rows":41207', '"rows":4.1207e4')],
  ['spare bits of the signature', (text) => text.replace(/(.)==/, (_, last: string) => `${SPARE[last] ?? '?'}==`)],
])('a signed report › is altered by %s', ([, change]) => {
  const changed = change(signed.text);
  expect(changed).not.toBe(signed.text);
  expect(kindOf(changed)).toBe('altered');
});
/** Another letter that decodes to the same byte. */
const SPARE: Readonly<Record<string, string>> = { A: 'B', Q: 'R', g: 'h', w: 'x' };

test('a report of an earlier key › says which, and is valid once that key is given as well', () => {
  const old = signReport(aReport({ key: FORMER.own.id }), FORMER.own);
  const verdict = examineReport(old.text, keys);
  expect(describeVerdict(verdict, ['reports-2026'])).toBe(
    'NOT verified: signed with reports-2025, which is not among the keys given here (reports-2026)',
  );
  expect(kindOf(old.text, [OWN.open, FORMER.open])).toBe('valid');
});

test('a report › of another key under this one’s name is altered', () => {
  expect(kindOf(signReport(aReport(), { ...FORMER.own, id: OWN.own.id }).text)).toBe('altered');
});

test('a report of another run › says of which', () => {
  const verdict = examineReport(signed.text, keys, 'R-1043');
  expect(describeVerdict(verdict, [])).toBe('of ANOTHER RUN: it is about R-1042, not R-1043');
  expect(kindOf(signed.text, keys, 'R-1042')).toBe('valid');
});

test('a report › whose signature is taken off is altered; one that never had any says so', () => {
  const content = JSON.parse(signed.text) as { report: unknown };
  expect(kindOf(`${JSON.stringify({ report: content.report })}\n`)).toBe('altered');
  const unsigned = signReport(aReport({ key: undefined })).text;
  expect(kindOf(unsigned.replace(/\}\n$/, ',"signature":""}\n'))).toBe('altered');
  const verdict = examineReport(unsigned, keys);
  expect(describeVerdict(verdict, [])).toBe('NOT signed: nothing shows that it is as the worker made it');
});

test.for(['', 'x', '[]', 'null', '{}', '{"report":{"format":"rewind-report/2"}}\n', '\u{feff}{}'])(
  'what is no report › is said to be none: %j',
  (text) => {
    expect(describeVerdict(examineReport(text, keys), [])).toBe(
      'NO report, or of a version that this Rewind does not know',
    );
  },
);
