import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayHold } from '../../../engine/proofs/collect/mayHold.ts';
import { valuesIn } from '../../../engine/proofs/collect/valuesIn.ts';
import { ENDPOINTS, VALUE_KINDS, type ValueKind } from '../../../engine/proofs/kinds.ts';

/** Pieces that values are made of, and what stands around them. */
const PIECES = [
  ...['jordan@contoso.example', '@', '+49 30 901820', '+', 'DE89370400440532013000', 'DE89', 'de89', '4711 0815 2342'],
  ...[
    'https://erp.contoso.example/x',
    ':',
    '//',
    String.raw`\\files\share`,
    '\\',
    'server=sql01;password=Xy7!',
    '=',
    ';',
  ],
  ...['Jörg Kröger', 'Order', ' ', 'ß', '名前'],
];
const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join(''));
const scopes = fc
  .subarray(VALUE_KINDS.filter((kind) => !ENDPOINTS.has(kind)))
  .map((kinds): ReadonlySet<ValueKind> => new Set([...ENDPOINTS, ...kinds]));
const hints = fc.record({
  mask: fc.constantFrom(undefined, 'email', 'phone', 'person', 'token', 'tax-number', 'street'),
  isSecret: fc.boolean(),
});

test('a text that is passed over by its bytes › holds no value that is sought', () => {
  let passedOver = 0;
  fc.assert(
    fc.property(texts, scopes, hints, fc.nat(3), (text, kinds, hint, before) => {
      const bytes = Buffer.from(`${'x'.repeat(before)}${text}==`);
      const isRead = mayHold(kinds, hint)(bytes, before, bytes.length - 2);
      if (isRead) return;
      passedOver += 1;
      expect([...valuesIn(text, hint)].filter(({ kind }) => kinds.has(kind))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
  expect(passedOver).toBeGreaterThan(100);
});

test('fields that were read at once › are passed over only where none of them holds an endpoint', () => {
  const between = fc.constantFrom('', '=', '\\', '://', 'x');
  let passedOver = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(between, texts), { minLength: 1, maxLength: 6 }), (fields) => {
      const isRead = mayHold(ENDPOINTS, { isSecret: false });
      const bytes = Buffer.from(fields.flat().join(''));
      let at = 0;
      for (const [before, text] of fields) {
        const from = at + before.length;
        at = from + Buffer.byteLength(text);
        if (isRead(bytes, from, at)) continue;
        passedOver += 1;
        expect([...valuesIn(text, { isSecret: false })].filter(({ kind }) => ENDPOINTS.has(kind))).toEqual([]);
      }
    }),
    { numRuns: 1_000 },
  );
  expect(passedOver).toBeGreaterThan(100);
});
