import { expect, test } from 'vitest';
import { causes, knownNumbers } from '../../../../engine/databases/sqlServer/knownNumbers.ts';
import { refusalOf } from '../../../../engine/databases/sqlServer/login/refusal.ts';
import { StatementError } from '../../../../engine/databases/sqlServer/runStatement.ts';
import { QUOTED } from '../../../../engine/databases/sqlServer/serverFault.ts';
import { translate } from '../../../../engine/databases/sqlServer/translate.ts';
import { reportError, RetryableError } from '../../../../engine/errors.ts';

const where = { title: 'sql01:1433', authentication: 'SQL login rewind' };

/** Followed by the ending that says nothing. */
const said = (number: number, message: string): unknown =>
  translate(
    new StatementError([
      { number, message },
      { number: 5069, message: 'ALTER DATABASE statement failed.' },
    ]),
    where,
    'trying',
  );
const report = (number: number, message: string) => {
  const error = said(number, message);
  return { ...reportError(error), isTriedAgain: error instanceof RetryableError };
};

test('the table of server numbers › gives each a cause, a remedy, and no text that is not a name', () => {
  expect(knownNumbers.length).toBeGreaterThan(200);
  for (const { number, code, quotes } of knownNumbers) {
    const names = quotes.map((kind, index) => (kind === 'text' ? 'Ms. Canary' : `${kind}-${String(index)}`));
    const error = report(number, `Something ${names.map((name) => `'${name}'`).join(' and ')} is wrong.`);
    expect(error).toMatchObject({ code, message: expect.stringContaining(`error ${String(number)} while`) as string });
    expect(error.remedy.length).toBeGreaterThan(10);
    expect(`${error.message} ${error.remedy}`).not.toContain('Canary');
  }
});

test('the table of server numbers › has quotation marks of known kinds alone, and a name wherever the cause speaks of one', () => {
  const words = causes.flatMap(({ numbers }) => Object.keys(numbers).flatMap((quotes) => quotes.split(' ')));
  expect(words.filter((word) => word !== '' && !QUOTED.some((kind) => kind === word))).toEqual([]);
  const silent = knownNumbers.filter(({ number, quotes }) => {
    const names = quotes.map((kind, index) => `${kind}-${String(index)}`);
    const { message } = report(number, names.map((name) => `"${name}"`).join(' '));
    const shown = names.some((name) => message.includes(name));
    return names.some((name) => !name.startsWith('text')) && !shown;
  });
  // Their cause is the same whatever the object: a chain that does not join, a right that is missing.
  expect(new Set(silent.map(({ code }) => code))).toEqual(
    new Set([
      'backup-stripe-missing',
      'server-too-old',
      'backup-of-another-database',
      'restore-chain-refused',
      'stop-point-refused',
      'permission-missing',
    ]),
  );
});

test.for([
  [
    3634,
    "The operating system returned the error '5(Access is denied.)' while attempting 'RestoreContainer::ValidateTarget' on 'E:\\Data\\uat.mdf'.",
    'file-refused-by-system',
    'The operating system of the server refuses E:\\Data\\uat.mdf, operating system error 5 (access denied)',
    'Let the service account of SQL Server read and write the folder.',
    false,
  ],
  [
    5123,
    "CREATE FILE encountered operating system error 3(The system cannot find the path.) while attempting to open or create the physical file 'E:\\Gone\\uat.mdf'.",
    'file-refused-by-system',
    'E:\\Gone\\uat.mdf, operating system error 3 (no such folder)',
    'Create the folder, or name another one in the settings of the target.',
    false,
  ],
  [952, "Database 'uat' is in transition.", 'database-busy', 'uat is busy', 'It is tried again.', true],
  [3023, 'Must be serialized.', 'database-busy', 'The database is busy', 'It is tried again.', true],
  [12_824, 'The value must be 1.', 'contained-databases-off', 'partially contained', 'sp_configure', false],
  [33_016, 'The user cannot be remapped.', 'principal-not-remapped', 'it never had one', 'Drop the user', false],
  [15_138, 'The principal owns a schema.', 'principal-owns-something', 'owns something', 'ALTER AUTHORIZATION', false],
  [15_151, "Cannot drop the user 'svc'.", 'unknown-or-forbidden', 'svc is not there, or', '`rewind doctor`', false],
  [
    5128,
    "Write to sparse file 'E:\\uat.mdf:X' failed.",
    'disk-full',
    'The volume of E:\\uat.mdf:X',
    'Free space',
    false,
  ],
  [
    1105,
    "Space for object 'dbo.T' in database 'uat' because 'PRIMARY'.",
    'disk-full',
    'The volume of uat',
    'Free',
    false,
  ],
  [1222, 'Lock request time out.', 'database-busy', 'The database is busy', 'It is tried again.', true],
  [5075, "The object 'X' is dependent on collation.", 'statement-refused', 'refused a statement', 'Look', false],
] as const)('SQL Server error %d › has its own cause', ([number, message, code, what, remedy, isTriedAgain]) => {
  expect(report(number, message)).toEqual({
    code,
    message: expect.stringContaining(what) as string,
    remedy: expect.stringContaining(remedy) as string,
    isTriedAgain,
  });
});

test.for([
  [18_401, 'server-not-ready', true],
  [18_451, 'server-not-ready', true],
  [17_892, 'login-refused', false],
  [4064, 'login-refused', false],
] as const)('a login › that is refused with %d is %s', ([number, code, isTriedAgain]) => {
  const refusal = refusalOf(Object.assign(new Error('Login failed.'), { code: 'ELOGIN', number }), where);
  expect(refusal).toMatchObject({ code });
  expect(refusal instanceof RetryableError).toBe(isTriedAgain);
});
