import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScrub } from '../../env/scrub.ts';

const scrub = createScrub(['hunter22', 'postgres://rewind:p%40ss-word@db.example/rewind', 'abc']);

test.for<readonly [what: string, text: string, clean: string]>([
  ['a secret by its value, anywhere', 'login with hunter22, twice hunter22', 'login with …, twice …'],
  ['the password of an address that is a secret', 'wrong password p%40ss-word', 'wrong password …'],
  ['the same password as the server knows it', 'refused: p@ss-word', 'refused: …'],
  ['a password after its name', 'Server=sql;Password=x!1;Database=AxDB', 'Server=sql;Password=…;Database=AxDB'],
  ['a password in braces', 'PWD={a;b}c;Server=s', 'PWD=…c;Server=s'],
  ['a password in JSON', '{"password":"s3cr3t","user":"a"}', '{"password":…,"user":"a"}'],
  ['a signature in an address', 'https://x.example/?sv=1&sig=aGVsbG8%3D&se=2', 'https://x.example/?sv=1&sig=…&se=2'],
  ['a bearer token', 'Authorization: Bearer eyJhbGciOi.x-y_z', 'Authorization: Bearer …'],
  ['the password of any address', 'redis://:s3cr3t@127.0.0.1:6379', 'redis://:…@127.0.0.1:6379'],
  ['an e-mail address', 'mail to ann.smith+x@mail.fabrikam.example now', 'mail to …@… now'],
  ['an e-mail address that is not ASCII', 'an jürgen@müller.example', 'an …@…'],
  ['PostgreSQL’s duplicate key', 'Key (email)=(ann) already exists.', 'Key (email)=(…) already exists.'],
  ['SQL Server’s 2627', 'The duplicate key value is (ann, 5).', 'The duplicate key value is (…).'],
  ['SQL Server’s 2628', `column 'NAME'. Truncated value: 'O'Brien'.`, `column 'NAME'. Truncated value: '…'.`],
  [
    'SQL Server’s 245',
    `converting the nvarchar value 'ann' to data type int.`,
    `converting the nvarchar value '…' to data type int.`,
  ],
  ['PostgreSQL’s failing row', 'Failing row contains (1, ann, (x)).', 'Failing row contains (…).'],
  [
    'PostgreSQL’s wrong input',
    'invalid input syntax for type integer: "ann"',
    'invalid input syntax for type integer: "…"',
  ],
])('scrub › takes out %s', ([, text, clean]) => {
  expect(scrub(text)).toBe(clean);
});

test.for([
  'RESTORE DATABASE [AxDB__incoming_R-1042] WITH STOPAT',
  'Key fob of the warehouse',
  '2026-11-20T17:00:00.000Z 41,207 rows of LOGISTICSELECTRONICADDRESS',
])('scrub › leaves alone: %s', (text) => {
  expect(scrub(text)).toBe(text);
});

const noise = fc.string({ unit: 'binary', maxLength: 30 });
const CANARY = 'Zx9canaryQ7';

test('scrub › no text around it saves a secret', () => {
  const secret = fc
    .string({ unit: 'grapheme-ascii', minLength: 12, maxLength: 40 })
    .filter((one) => one.trim() === one);
  fc.assert(
    fc.property(noise, secret, noise, (before, value, after) => {
      expect(createScrub([value])(`${before}${value}${after}`)).not.toContain(value);
    }),
    { numRuns: 2000 },
  );
});

test.for([
  (value: string) => `duplicate key value violates unique constraint "i" Key (a, b)=(${value}) already exists.`,
  (value: string) => `Key (a)=(${value}) is not present in table "t".`,
  (value: string) => `Cannot insert duplicate key. The duplicate key value is (${value}).`,
  (value: string) => `Failing row contains (${value}).`,
  (value: string) => `String or binary data would be truncated. Truncated value: '${value}'.`,
  (value: string) => `Conversion failed when converting the varchar value '${value}' to data type int.`,
  (value: string) => `invalid input syntax for type integer: "${value}"`,
])('scrub › no value, whatever signs it holds, survives the form of error %#', (form) => {
  fc.assert(
    fc.property(noise, noise, (before, after) => {
      expect(scrub(form(`${before}${CANARY}${after}`))).not.toContain(CANARY);
    }),
    { numRuns: 2000 },
  );
});

test('scrub › leaves one line without control characters, whatever comes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      // oxlint-disable-next-line no-control-regex -- they are what must not be there
      expect(scrub(text)).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
    }),
    { numRuns: 2000 },
  );
});

test('scrub › is soon done with a line of a megabyte, whatever it is made of', () => {
  for (const unit of ['a', 'a@', 'Key (a)=(', 'password=', '://', 'x://y:', "Truncated value: '"]) {
    const started = process.threadCpuUsage();
    scrub(unit.repeat(1_000_000 / unit.length));
    // Processor time: what a busy machine does meanwhile is not the scrub's.
    const { user, system } = process.threadCpuUsage(started);
    expect({ unit, isQuick: (user + system) / 1000 < 4000 }).toEqual({ unit, isQuick: true });
  }
});
