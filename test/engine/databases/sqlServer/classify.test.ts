import { ConnectionError } from 'tedious';
import { expect, test } from 'vitest';
import { reportError, RetryableError } from '../../../../engine/errors.ts';
import { StatementError } from '../../../../engine/databases/sqlServer/runStatement.ts';
import { FenceRaised, translate, translateLogin } from '../../../../engine/databases/sqlServer/translate.ts';
import { serverErrors } from './serverErrors.ts';

const canary = 'Ms. Canary, 42 Harbour Street';

const rejected = (errors: readonly (readonly [number: number, text: string])[]) =>
  new StatementError(errors.map(([number, message]) => ({ number, message })));

const filled = (text: string) =>
  text.replaceAll(/%\.?\*?l?s/g, 'S:\\Backup\\AxDB.bak').replaceAll(/%I64[du]|%d|%S_MSG/g, '7');
const sql01 = { title: 'sql01:1433', authentication: 'SQL login rewind' };
const doing = 'restoring AxDB__incoming_R-1042';

for (const [number, text, code] of serverErrors) {
  test(`SQL Server error ${String(number)} › is ${code}, whatever generic error follows it`, () => {
    const tails = number >= 5000 && number < 5100 ? [5069] : [3013];
    const error = translate(
      rejected([
        [number, filled(text)],
        ...tails.map((tail): [number, string] => [tail, 'RESTORE DATABASE is terminating abnormally.']),
      ]),
      sql01,
      doing,
    );
    const report = reportError(error);
    expect(report.code).toBe(code);
    expect(report.message).toContain(`SQL Server error ${String(number)} while ${doing} on sql01:1433`);
    expect(report.message).not.toContain('terminating abnormally');
    expect(report.remedy).not.toBe('');
  });
}

test('a server error › names the device and the operating system’s error', () => {
  const error = translate(
    rejected([
      [3201, "Cannot open backup device '\\\\nas\\AxDB_7.trn'. Operating system error 5(Access is denied.)."],
      [3013, 'RESTORE LOG is terminating abnormally.'],
    ]),
    sql01,
    doing,
  );
  expect(reportError(error).message).toBe(
    `The server cannot read \\\\nas\\AxDB_7.trn, operating system error 5 (access denied) (SQL Server error 3201 while ${doing} on sql01:1433)`,
  );
});

test('a server error › never carries a value of a row, not even as its cause', () => {
  for (const number of [2627, 2601, 2628, 547, 245, 8152, 8951, 50000]) {
    const error = translate(rejected([[number, `Violation … The duplicate key value is (${canary}).`]]), sql01, doing);
    const all = `${JSON.stringify(reportError(error))} ${String(error)} ${(error as Error).stack ?? ''} ${String((error as Error).cause)}`;
    expect(all).not.toContain('Canary');
    expect(reportError(error).message).toContain(String(number));
  }
});

test('a server error › that the operating system explains by a full disk is a full disk, whatever its number', () => {
  const texts = [
    [3202, `Write on "D:\\Backup\\AxDB.bak" failed: 112(There is not enough space on the disk.)`],
    [
      5123,
      `CREATE FILE encountered operating system error 112(There is not enough space on the disk.) while attempting to open the physical file 'D:\\Data\\AxDB.mdf'.`,
    ],
    [1826, 'Operating system error 39(The disk is full.)'],
  ] as const;
  for (const [number, text] of texts)
    expect(reportError(translate(rejected([[number, text]]), sql01, doing)).code).toBe('disk-full');
});

test('a server error › of a guard becomes the fence, also among others', () => {
  expect(translate(rejected([[51000, 'Another worker has taken this target over']]), sql01, doing)).toBeInstanceOf(
    FenceRaised,
  );
});

test('a connection › that is cut, refused or not trusted is said as what it is', () => {
  const cut = translate(
    new StatementError([], new ConnectionError('Connection lost - socket hang up', 'ESOCKET')),
    sql01,
    doing,
  );
  const killed = translate(
    rejected([[596, 'Cannot continue the execution because the session is in the kill state.']]),
    sql01,
    doing,
  );
  const refused = translateLogin(new ConnectionError("Login failed for user 'rewind'.", 'ELOGIN'), sql01, doing);
  const untrusted = translateLogin(
    new ConnectionError('Failed to connect to sql01:1433 - self-signed certificate', 'ESOCKET', {
      cause: Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    }),
    sql01,
    doing,
  );
  expect([cut, killed, refused, untrusted].map((error) => reportError(error).code)).toEqual([
    'connection-lost',
    'connection-lost',
    'login-refused',
    'server-certificate-not-trusted',
  ]);
  expect([cut, killed, refused].map((error) => error instanceof RetryableError)).toEqual([true, true, false]);
});
