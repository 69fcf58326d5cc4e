import { expect, test } from 'vitest';
import { journalAddress } from '../../../../engine/journal/dialects/sqlServerAddress.ts';

const connectionSettings = (url: string) => journalAddress(url).settings;

test('an address › says who logs in where; the connection is encrypted and its certificate checked', () => {
  const { server, authentication, options } = connectionSettings(
    'mssql://re%40wind:p%2Fw@sql01.contoso.example/re%20wind',
  );
  expect([server, options?.port, options?.database]).toEqual(['sql01.contoso.example', 1433, 're wind']);
  expect(authentication).toEqual({ type: 'default', options: { userName: 're@wind', password: 'p/w' } });
  expect([options?.encrypt, options?.trustServerCertificate]).toEqual([true, false]);
});

test('an address › takes the parameters of an environment’s server', () => {
  const ntlm = connectionSettings(
    'mssql://a:b@sql01.contoso.example:1500/x?authentication=ntlm&domain=CONTOSO&encrypt=strict',
  );
  expect(ntlm.authentication).toEqual({ type: 'ntlm', options: { userName: 'a', password: 'b', domain: 'CONTOSO' } });
  expect([ntlm.options?.port, ntlm.options?.encrypt]).toEqual([1500, 'strict']);
  const entra = connectionSettings('mssql://sql01.contoso.example/x?authentication=entra');
  expect(entra.authentication?.type).toBe('token-credential');
});

test('an address › trusts a certificate unseen on this machine alone', () => {
  const local = connectionSettings('mssql://a:b@127.0.0.1/x?trustServerCertificate=true');
  expect(local.options?.trustServerCertificate).toBe(true);
  expect(() => connectionSettings('mssql://a:b@sql01.contoso.example/x?trustServerCertificate=true')).toThrow(
    /trusts any certificate/,
  );
});

test.for([
  ['mssql://a:secret@sql01/', /names no database/],
  ['mssql://a:secret@sql01/x?encrypt=false', /unknown or wrong parameter \(encrypt\)/],
  ['mssql://:secret@sql01/x', /names no login and password/],
] as const)('the address %s › is refused without repeating its password', ([url, reason]) => {
  expect(() => connectionSettings(url)).toThrow(reason);
  expect(() => connectionSettings(url)).not.toThrow(/secret/);
});
