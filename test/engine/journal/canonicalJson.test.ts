import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, digestOf } from '../../../engine/journal/canonicalJson.ts';

test('canonical JSON › is one text for all orders of members, without what is absent', () => {
  expect(canonicalJson({ b: [1, { d: undefined, c: 'ß\n' }], a: null, ['__proto__']: 1 })).toBe(
    '{"__proto__":1,"a":null,"b":[1,{"c":"ß\\n"}]}',
  );
  expect(canonicalJson(undefined)).toBe('null');
});

test('canonical JSON › survives being stored and read back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(text);
    }),
  );
});

test('a digest › differs as soon as one value does', () => {
  expect(digestOf({ a: 1, b: '2' })).toBe(digestOf({ b: '2', a: 1 }));
  expect(digestOf({ a: 1, b: '2' })).not.toBe(digestOf({ a: 1, b: 2 }));
  expect(digestOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});
