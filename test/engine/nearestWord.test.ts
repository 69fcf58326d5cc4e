import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestWord } from '../../engine/nearestWord.ts';

const WORDS = ['refresh', 'status', 'history', 'stop', 'home', 'help', 'uat'];

test.each([
  ['refersh', 'refresh'],
  ['refrsh', 'refresh'],
  ['reffresh', 'refresh'],
  ['REFRESCH', 'refresh'],
  ['stauts', 'status'],
  ['stop', 'stop'],
  ['stp', 'stop'],
  ['hlep', 'help'],
  ['uta', 'uat'],
  ['u', undefined],
  ['fish', undefined],
  ['', undefined],
  ['do', undefined],
  ['production', undefined],
  ['refresh'.repeat(100), undefined],
])('a word that is spelt almost so › %s is %s', (typed, word) => {
  expect(nearestWord(typed, WORDS)).toBe(word);
});

test('a word › with one letter too few, too many, wrong or swapped is found, if no other is as near', () => {
  const letters = Array.from('abcdefghijklmnopqrstuvwxyzäöü');
  const word = fc.constantFrom('refresh', 'history', 'rollback', 'withdraw');
  fc.assert(
    fc.property(word, fc.nat(100), fc.constantFrom(...letters), fc.nat(3), (meant, where, letter, how) => {
      const n = where % meant.length;
      const [before, after] = [meant.slice(0, n), meant.slice(n + 1)];
      const swapped = `${before}${after.slice(0, 1)}${meant[n] ?? ''}${after.slice(1)}`;
      const typed = [before + after, before + letter + meant.slice(n), before + letter + after, swapped][how] ?? '';
      expect(nearestWord(typed, ['refresh', 'history', 'rollback', 'withdraw'])).toBe(meant);
    }),
    { numRuns: 500 },
  );
});
