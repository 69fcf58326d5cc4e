import { expect, test } from 'vitest';
import { createLogLinks } from '../../../bot/logs/logLinks.ts';

const HOUR = 3_600_000;
const former = { id: 'k1', key: 'the former key of thirty-two bytes' };
const current = { id: 'k2', key: 'the current key of thirty-two byte' };
const start = Date.parse('2026-11-23T10:00:00.000Z');

function linksAt(elapsedMs = 0, keys = [current, former]) {
  const clock = { now: () => new Date(start + elapsedMs).toISOString() };
  return createLogLinks({ keys, publicUrl: () => 'https://rewind.contoso.example', clock });
}

const tokenOf = (url: string) => url.replace('https://rewind.contoso.example/logs/', '');
const token = tokenOf(linksAt().urlFor('R-1042'));

test('a log link › opens the run it was made for', () => {
  expect(linksAt().read(token)).toBe('R-1042');
});

test('a log link › is worthless with any bit changed', () => {
  const bytes = Buffer.from(token);
  const opened: string[] = [];
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const tampered = Buffer.from(bytes);
    tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    if (linksAt().read(tampered.toString('latin1')) !== undefined) opened.push(tampered.toString('latin1'));
  }
  expect(opened).toEqual([]);
});

test('a log link › lives for 24 hours and not a second longer', () => {
  expect(linksAt(24 * HOUR - 1000).read(token)).toBe('R-1042');
  expect(linksAt(24 * HOUR).read(token)).toBeUndefined();
});

test('a log link › of a former key works until that key is taken away', () => {
  const old = tokenOf(linksAt(0, [former]).urlFor('R-1042'));
  expect(linksAt(0, [current, former]).read(old)).toBe('R-1042');
  expect(linksAt(0, [current]).read(old)).toBeUndefined();
});

test('a log link › signed by a stranger, or with another run in it, opens nothing', () => {
  const stranger = tokenOf(linksAt(0, [{ id: 'k2', key: 'quite another key of thirty-two by' }]).urlFor('R-1042'));
  const [, signature] = token.split('.');
  const forged = Buffer.from(
    Buffer.from(token.split('.')[0] ?? '', 'base64url')
      .toString()
      .replace('R-1042', 'R-1043'),
  );
  expect(linksAt().read(stranger)).toBeUndefined();
  expect(linksAt().read(`${forged.toString('base64url')}.${signature}`)).toBeUndefined();
  for (const text of ['', '.', '..', '../../etc/passwd', `${token}.`, `${token}=`, 'a'.repeat(10_000)]) {
    expect(linksAt().read(text)).toBeUndefined();
  }
});

test('a log link › stays the same within the hour, so that a card without news stays the same', () => {
  expect(linksAt(59 * 60_000).urlFor('R-1042')).toBe(linksAt().urlFor('R-1042'));
  expect(linksAt(HOUR).urlFor('R-1042')).not.toBe(linksAt().urlFor('R-1042'));
});

test('a log link › needs keys that cannot be guessed', () => {
  expect(() => linksAt(0, [])).toThrow('needs a key');
  expect(() => linksAt(0, [{ id: 'k', key: 'short' }])).toThrow('32 bytes');
});
