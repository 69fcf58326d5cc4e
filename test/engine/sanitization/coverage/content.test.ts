import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FORMS } from '../../../../engine/sanitization/coverage/content/forms.ts';
import { suspectContent, type Sample } from '../../../../engine/sanitization/coverage/content/suspectContent.ts';

const says = (...samples: readonly Sample[]) => suspectContent(samples).map(({ kind, share }) => [kind, share]);

const digits = (count: number) =>
  fc.string({ minLength: count, maxLength: count, unit: fc.constantFrom(...'0123456789') });

/** By the rule of ISO 13616 with JavaScript's large numbers: another way than the one that is tested. */
const aGermanIban = digits(18).map((account) => {
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
});

/** The digit that makes the sum by Luhn end with 0, by trying all. */
const aCard = digits(14).map((middle) => {
  const isRight = (number: string) =>
    [...number].reverse().reduce((sum, digit, at) => {
      const weighed = Number(digit) * (1 + (at % 2));
      return sum + Math.floor(weighed / 10) + (weighed % 10);
    }, 0) %
      10 ===
    0;
  return [...'0123456789'].map((last) => `4${middle}${last}`).find(isRight) ?? '';
});

const otherDigit = (text: string, at: number, by: number) =>
  text.slice(0, at) + String((Number(text[at]) + by) % 10) + text.slice(at + 1);

test('IBANs and cards › are known by their check digits, and none with one wrong digit is', () => {
  fc.assert(
    fc.property(aGermanIban, fc.integer({ min: 2, max: 21 }), fc.integer({ min: 1, max: 9 }), (iban, at, by) => {
      expect(says(iban)).toEqual([['bank account', 1]]);
      expect(says(iban.replaceAll(/(.{4})/g, '$1 '))).toEqual([['bank account', 1]]);
      expect(says(otherDigit(iban, at, by))).toEqual([]);
    }),
    { numRuns: 200 },
  );
  fc.assert(
    fc.property(aCard, fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 9 }), (card, at, by) => {
      fc.pre(new Set(card).size > 2);
      expect(says(card)).toEqual([['payment card', 1]]);
      expect(says(otherDigit(card, at, by))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['mira@contoso.example', 'e-mail'],
  ['Dear Mira <mira.okafor+orders@shop.contoso.example>, thank you', 'e-mail'],
  ['+44 20 7946 0018', 'phone'],
  ['S-1-5-21-3623811015-3361044348-30300820-1013', 'sign-in'],
  ['https://files.contoso.example/a', 'endpoint'],
  ['\\\\print01\\office', 'endpoint'],
  ['Server=db;Database=x;User=sa;Password=not-a-real-one;', 'secret'],
  ['DefaultEndpointsProtocol=https;AccountName=a;AccountKey=AAAA', 'secret'],
  ['amqps://user:not-a-real-one@queue.contoso.example', 'secret'],
  ['-----BEGIN RSA PRIVATE KEY-----', 'secret'],
  [`eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.c`, 'secret'],
  ['Zk9sV2pQeTBtR3hUZUF1SGNkTDVuN0tiWXExSXNFRmg=', 'secret'],
])('%s › looks like what it is', (value, kind) => {
  expect(says(value).map(([each]) => each)).toContain(kind);
});

test.each([
  ...['Espresso 4', '10.0.45', '2026-11-30', 'C000398', '000000000000', '1900-01-01 00:00:00', 'Head office', '+12'],
  // What masks give, and what is nobody's.
  ...['u6b144ee10d298a2b@masked.invalid', '+9991234567890', 'XX721005390289', 'XX00FICTB0000000001'],
  ...['https://sts.windows.net/', 'http://www.w3.org/2001/XMLSchema', 'Password=', 'a@b', '0000000000000000'],
  ...['AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', '\\\\', '5637144576', ''],
])('“%s” › looks like nothing', (value) => {
  expect(says(value)).toEqual([]);
});

test('bytes › are looked at as UTF-8 and as UTF-16', () => {
  expect(says(Buffer.from('to mira@contoso.example'))).toEqual([['e-mail', 1]]);
  expect(says(Buffer.from([7, 1, ...Buffer.from('mira@contoso.example', 'utf16le')]))).toEqual([['e-mail', 1]]);
});

test('a share › is of the values that are not empty, and a few by chance are no finding', () => {
  const text = 'Called: pays late';
  expect(says('mira@contoso.example', text, '', ' ', null, undefined, Buffer.alloc(0))).toEqual([['e-mail', 0.5]]);
  expect(says('mira@contoso.example', ...Array<string>(48).fill(text))).toEqual([['e-mail', 1 / 49]]);
  expect(says('mira@contoso.example', ...Array<string>(50).fill(text))).toEqual([]);
  // A private key is one too many.
  expect(says('-----BEGIN PRIVATE KEY-----', ...Array<string>(999).fill(text))).toEqual([['secret', 1 / 1000]]);
});

const EXAMPLES: Readonly<Record<string, string>> = {
  'keys and tokens': '-----BEGIN PRIVATE KEY-----',
  'connection strings and passwords': 'Server=db;Password=not-a-real-one',
  'random keys of 256 or 512 bits': 'Zk9sV2pQeTBtR3hUZUF1SGNkTDVuN0tiWXExSXNFRmg=',
  'card numbers with right check digits': '4012888888881881',
  'IBANs with right check digits': 'DE89370400440532013000',
  'e-mail addresses': 'mira@contoso.example',
  'international phone numbers': '+44 20 7946 0018',
  'security identifiers': 'S-1-5-21-3623811015-3361044348-30300820-1013',
  'addresses of other systems': 'https://files.contoso.example/a',
};

test.each(FORMS.map(({ form, atLeast }) => [form, atLeast] as const))(
  '%s › are a finding from a share of %d on, and below it none',
  (form, atLeast) => {
    const example = EXAMPLES[form] ?? '';
    const among = (likes: number, others: number) =>
      suspectContent([...Array<string>(likes).fill(example), ...Array<string>(others).fill('none')]);
    const likes = Math.max(1, Math.ceil(atLeast * 1000));
    expect(among(likes, 1000 - likes)).toMatchObject([{ form, share: likes / 1000 }]);
    expect(among(likes - 1, 1001 - likes)).toEqual([]);
  },
);

test('numbers by chance › are no cards', () => {
  fc.assert(
    fc.property(fc.array(digits(16), { minLength: 200, maxLength: 200 }), (numbers) => {
      expect(says(...numbers)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('a finding › repeats nothing of any value', () => {
  const marked = fc
    .tuple(
      fc.stringMatching(/^[a-z]{8,12}$/),
      fc.constantFrom('@contoso.example', '', ' +44 20 7946 0018', ';Password='),
    )
    .map(([mark, rest]) => ({ mark, value: `${mark}${rest}${mark}` }));
  fc.assert(
    fc.property(fc.array(marked, { minLength: 1, maxLength: 20 }), (values) => {
      const said = JSON.stringify(suspectContent(values.map(({ value }) => value)));
      expect(values.filter(({ mark }) => said.includes(mark))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
