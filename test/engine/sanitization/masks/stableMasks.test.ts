import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { MaskSecretChangedError, MaskSecretMissingError } from '../../../../engine/sanitization/errors.ts';
import { keyFrom } from '../../../../engine/sanitization/masks/maskKey.ts';
import { nextMaskKey, stableMasksFrom } from '../../../../engine/sanitization/masks/stableMasks.ts';

const SECRET = 'the secret of an installation, long enough';
const stable = stableMasksFrom(SECRET);
const uat = { name: 'uat', masks: { stable: true, fingerprint: stable.fingerprint } };

/** RFC 5869 by hand: what a later version must still give, or every made-up person gets another name. */
function derived(info: string, length: number): Buffer {
  const extracted = createHmac('sha256', 'rewind masks').update(SECRET).digest();
  return createHmac('sha256', extracted).update(info).update(Buffer.of(1)).digest().subarray(0, length);
}

test('the key of masks that stay the same › comes from the secret and the sandbox, and from nothing else', () => {
  expect(nextMaskKey(uat, stable)).toEqual(keyFrom(derived('key of uat', 32)));
  expect(nextMaskKey(uat, stableMasksFrom(SECRET))).toEqual(nextMaskKey(uat, stable));
  expect(nextMaskKey({ ...uat, name: 'test' }, stable)).not.toEqual(nextMaskKey(uat, stable));
  expect(stable.fingerprint.replace('-', '')).toBe(derived('fingerprint', 4).toString('hex'));
});

test('the key of masks › is one that nobody keeps where the file says nothing of them, secret or none', () => {
  for (const each of [{ name: 'uat' }, { name: 'uat', masks: { stable: false } }]) {
    expect(nextMaskKey(each, stable)).not.toEqual(nextMaskKey(each, stable));
    expect(() => nextMaskKey(each, undefined)).not.toThrow();
  }
});

test('masks that are to stay the same › have no key where the secret is missing, another one, or not named', () => {
  const other = stableMasksFrom('another secret that is as long as this one');

  expect(() => nextMaskKey(uat, undefined)).toThrow(MaskSecretMissingError);
  expect(() => nextMaskKey(uat, other)).toThrow(MaskSecretChangedError);
  expect(() => nextMaskKey(uat, other)).toThrow(
    'The masks of uat are to be the same in every refresh: this worker has another secret than environments.yaml names',
  );
  expect(() => nextMaskKey({ name: 'uat', masks: { stable: true } }, stable)).toThrow(
    'The masks of uat are to be the same in every refresh: environments.yaml does not say with which secret',
  );
});

test('what holds the secret of masks › shows it to nobody who prints it', () => {
  expect(JSON.stringify(stable)).toBe(JSON.stringify({ fingerprint: stable.fingerprint }));
  expect(String(stable.keyFor)).not.toContain(SECRET);
});
