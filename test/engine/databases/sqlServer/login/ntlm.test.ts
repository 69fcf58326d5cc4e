import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../../../../engine/databases/sqlServer/address.ts';
import { openShortConnection } from '../../../../../engine/databases/sqlServer/connection.ts';
import { readServerFacts } from '../../../../../engine/databases/sqlServer/serverFacts.ts';
import { md4 } from '../../../../sqlServer/logins/md4.ts';
import { startStandIn, type StandIn } from '../../../../sqlServer/standIn.ts';
import { hasTsql, tsql } from './tsql.ts';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({
    windowsAccounts: [
      { domain: 'CONTOSO', user: 'svc-rewind', password: 'Pä$$w0rd‽' },
      { domain: 'CONTOSO', user: 'Straße', password: 'same' },
      { domain: 'МОСКВА', user: 'служба', password: 'пароль' },
      { domain: 'CONTOSO', user: 'stranger', password: 'same' },
    ],
    logins: [{ name: 'CONTOSO\\svc-rewind' }, { name: 'МОСКВА\\служба' }, { name: 'CONTOSO\\Straße' }],
  });
});
afterAll(() => standIn.close());

const address = (user: string, password: string, domain?: string) => {
  const who = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const where = domain === undefined ? '' : `&domain=${encodeURIComponent(domain)}`;
  return addressOf(
    `mssql://${who}@127.0.0.1:${String(standIn.port)}?authentication=ntlm&trustServerCertificate=true${where}`,
  );
};

test.for([
  ['svc-rewind', 'Pä$$w0rd‽', 'CONTOSO', 'CONTOSO\\svc-rewind'],
  ['SVC-Rewind', 'Pä$$w0rd‽', 'contoso', 'CONTOSO\\svc-rewind'],
  ['CONTOSO\\svc-rewind', 'Pä$$w0rd‽', undefined, 'CONTOSO\\svc-rewind'],
  ['служба', 'пароль', 'Москва', 'МОСКВА\\служба'],
] as const)('NTLM › lets the account %s in', async ([user, password, domain, login]) => {
  await using line = await openShortConnection(address(user, password, domain));
  expect(await readServerFacts(line)).toMatchObject({ login });
});

test.for([
  ['a wrong password', 'svc-rewind', 'not-the-password', 'CONTOSO'],
  ['an unknown account', 'nobody', 'same', 'CONTOSO'],
  ['another domain', 'svc-rewind', 'Pä$$w0rd‽', 'FABRIKAM'],
] as const)('NTLM › refuses %s', async ([, user, password, domain]) => {
  const refusal = openShortConnection(address(user, password, domain));
  await expect(refusal).rejects.toMatchObject({
    code: 'login-refused',
    message: `127.0.0.1:${String(standIn.port)} refuses the login of the service (NTLM as ${domain}\\${user}, SQL Server error 18452)`,
    remedy: expect.stringContaining('trusts the domain') as string,
  });
  await expect(refusal).rejects.toMatchObject({ stack: expect.not.stringContaining(password) as string });
});

test('NTLM › refuses an account of the domain that has no login on the server', async () => {
  await expect(openShortConnection(address('stranger', 'same', 'CONTOSO'))).rejects.toMatchObject({
    message: expect.stringContaining('18456') as string,
  });
});

test('NTLM › does not get past a name whose capital letters Windows writes otherwise than the driver', async () => {
  await expect(openShortConnection(address('Straße', 'same', 'CONTOSO'))).rejects.toMatchObject({
    code: 'login-refused',
  });
});

test('NTLM › takes the password that the account has now', async () => {
  const account = standIn.state.windowsAccounts[0];
  if (!account) throw new Error('the first account');
  const former = account.password;
  account.password = 'rotated';
  try {
    await expect(openShortConnection(address('svc-rewind', former, 'CONTOSO'))).rejects.toMatchObject({
      code: 'login-refused',
    });
    await using line = await openShortConnection(address('svc-rewind', 'rotated', 'CONTOSO'));
    expect(line.title).toContain('127.0.0.1');
  } finally {
    account.password = former;
  }
});

test.skipIf(!hasTsql)('NTLM › of FreeTDS, which shares no code with the driver, gets in as well', async () => {
  const ask = (user: string, password: string) => tsql(standIn.port, user, password, 'SELECT SUSER_SNAME() AS who');
  expect(await ask('CONTOSO\\svc-rewind', 'Pä$$w0rd‽')).toContain('CONTOSO\\svc-rewind');
  expect(await ask('CONTOSO\\svc-rewind', 'wrong')).toContain('18452');
});

// RFC 1320, A.5.
test.for([
  ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
  ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
  ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
  ['message digest', 'd9130a8164549fe818874806e1c7014b'],
  ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
  ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
] as const)('MD4 of “%s” › is that of RFC 1320', ([text, digest]) => {
  expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
});
