import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, shownJson, shownLines, shownText } from '../../engine/shownText.ts';

test.for<readonly [what: string, text: string, shown: string]>([
  ['a line break', 'first\nsecond\r\nthird\u2028fourth', 'first second third fourth'],
  ['what steers a terminal', 'Not\u001b[2J\u009b31m today\u0007', 'Not [2J 31m today '],
  ['another direction', 'evil\u202etxt.exe\u2066!\u200f', 'evil txt.exe ! '],
  ['what is not seen', 'a\u200bb\u00adc\ufeffd\u{e0041}e', 'a b c d e'],
  ['a heap of marks', `Z${'\u0335'.repeat(9)}a`, 'Z\u0335\u0335a'],
  ['a mark without a letter', '\u0301a', 'a'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
])('foreign text › is shown without %s', ([, text, shown]) => {
  expect(shownText(text)).toBe(shown);
});

test.for(['Zoë Dvořák', 'أحمد', '王芳', 'देवनागरी', 'AxDB_UAT', 'O’Brien & Söhne (14 %)'])(
  'foreign text › %s is shown as it was written',
  (name) => expect(shownText(name)).toBe(name),
);

test('foreign text › fills a column as a terminal counts: wide characters twice, marks not at all', () => {
  for (const name of ['uat', '王芳', 'e\u0323\u0302', 'ｕａｔ', '🚀']) expect(columnsOf(shownText(name, 10))).toBe(10);
  expect(shownText('王芳', 6)).toBe('王芳  ');
});

const hostile = fc.string({ unit: 'binary', maxLength: 60 });
const STEERS = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

test('foreign text › is one line that steers nothing, whatever comes in, and the same when shown again', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = shownText(text);
      expect(shown).not.toMatch(STEERS);
      expect(shown).not.toMatch(/\p{M}{3}|^\p{M}/u);
      for (const line of shownLines(text)) expect(line).not.toMatch(STEERS);
    }),
    { numRuns: 2000 },
  );
});

test('foreign text › in JSON loses nothing and steers nothing', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const json = shownJson({ text }, 0);
      expect(json).not.toMatch(STEERS);
      expect(JSON.parse(json)).toEqual({ text });
    }),
    { numRuns: 2000 },
  );
});
