import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainMail } from '../../../engine/proofs/collect/plainMail.ts';
import { valuesIn } from '../../../engine/proofs/collect/valuesIn.ts';

/** Pieces that addresses are made of, and what makes something else of them. */
const PIECES = [
  ...[
    'jordan',
    'Ann',
    'u',
    'a',
    '7',
    '.',
    '-',
    '_',
    "'",
    '%',
    '+',
    '@',
    '@',
    '@',
    ' ',
    '..',
    'contoso',
    '.example',
    '.de',
    '.x',
    '.c0m',
  ],
  ...[
    '0123456789abcdef',
    'masked',
    '.invalid',
    'DE89370400440532013000',
    'D8',
    'ß',
    '名',
    '://',
    '=',
    '\\',
    ';',
    'x'.repeat(60),
  ],
];
const pieces = (maxLength: number) => fc.array(fc.constantFrom(...PIECES), { maxLength }).map((some) => some.join(''));
const texts = fc.oneof(
  pieces(7),
  fc
    .tuple(
      pieces(3),
      fc.constantFrom('contoso.', 'a.b-c.', '.'),
      fc.constantFrom('example', 'de.com', 'x', 'd8', 'invalid'),
    )
    .map(([local, domain, end]) => `${local}@${domain}${end}`),
);
const masks = fc.constantFrom(undefined, 'email', 'phone', 'person', 'token', 'tax-number', 'street');

test('a text that is taken for one address by its bytes › holds that address and nothing else, whatever its mask', () => {
  let taken = 0;
  fc.assert(
    fc.property(texts, masks, fc.nat(3), (text, mask, before) => {
      const bytes = Buffer.from(`${'x'.repeat(before)}${text}y`);
      if (!isPlainMail(bytes, before, bytes.length - 1)) return;
      taken += 1;
      expect([...valuesIn(text, { mask, isSecret: false })]).toEqual([{ kind: 'mail', value: text }]);
    }),
    { numRuns: 3_000 },
  );
  expect(taken).toBeGreaterThan(100);
});

test('an ordinary address › is taken by its bytes; what a mask has made is not', () => {
  const isTaken = (text: string) => isPlainMail(Buffer.from(text), 0, Buffer.byteLength(text));
  expect(['customer7@contoso.example', "Kim.O'Neil@mail.contoso.co"].map(isTaken)).toEqual([true, true]);
  expect(['u0123456789abcdef@masked.invalid', 'U0123456789abcdef@contoso.example'].map(isTaken)).toEqual([
    false,
    false,
  ]);
});
