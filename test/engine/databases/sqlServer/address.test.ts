import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { addressOf, serverUrl } from '../../../../engine/databases/sqlServer/address.ts';

const problem = (text: string) => serverUrl.safeParse(text).error?.issues[0]?.message ?? '';

test('a server address › encrypts and checks the certificate unless it says otherwise', () => {
  const { title, config, user } = addressOf('mssql://rewind:p%40ss@sql01.contoso.com');
  expect({ title, user }).toEqual({ title: 'sql01.contoso.com:1433', user: 'rewind' });
  expect(config.authentication).toEqual({ type: 'default', options: { userName: 'rewind', password: 'p@ss' } });
  expect(config.options).toMatchObject({ encrypt: true, trustServerCertificate: false });
  expect(addressOf('mssql://a:b@sql01?encrypt=strict').config.options?.encrypt).toBe('strict');
});

test('a server address › finds a named instance by its name instead of a port', () => {
  const { title, config } = addressOf('mssql://a:b@sql01?instance=AX');
  expect(title).toBe('sql01\\AX');
  expect(config.options?.instanceName).toBe('AX');
  expect(config.options?.port).toBeUndefined();
});

test.for([
  ['mssql://svc:pw@sql01', 'SQL login svc'],
  ['mssql://svc:pw@sql01?authentication=ntlm&domain=CONTOSO', 'NTLM as CONTOSO\\svc'],
  ['mssql://CONTOSO\\svc:pw@sql01?authentication=ntlm', 'NTLM as CONTOSO\\svc'],
  ['mssql://contoso%5Csvc:pw@sql01?authentication=ntlm&domain=CONTOSO', 'NTLM as CONTOSO\\svc'],
  ['mssql://sql01?authentication=entra', 'Entra, whatever identity the worker has'],
  ['mssql://0000-id@sql01?authentication=entra', 'Entra, managed identity 0000-id'],
  ['mssql://id:pw@sql01?authentication=entra-application&tenantId=t', 'Entra, application id'],
] as const)('a server address › %s logs in by %s', ([url, authentication]) => {
  expect(problem(url)).toBe('');
  expect(addressOf(url).authentication).toBe(authentication);
});

test('a server address › gives the driver domain and account apart', () => {
  expect(addressOf('mssql://CONTOSO\\svc:pw@sql01?authentication=ntlm').config.authentication).toEqual({
    type: 'ntlm',
    options: { userName: 'svc', password: 'pw', domain: 'CONTOSO' },
  });
});

test('a server address › is refused for what would be a hole or a riddle later', () => {
  expect(problem('mssql://a:b@sql01?trustServerCertificate=true')).toContain('only a server on 127.0.0.1');
  expect(problem('mssql://a:b@127.0.0.1.evil.example?trustServerCertificate=true')).toContain(
    'only a server on 127.0.0.1',
  );
  expect(problem('mssql://a:b@127.0.0.1?trustServerCertificate=true')).toBe('');
  expect(problem('mssql://a:b@127.0.0.1?trustServerCertificate=true&encrypt=strict')).toContain('never does');
  expect(problem('mssql://a:b@sql01?encrypt=false')).toBe('has an unknown or wrong parameter (encrypt)');
  expect(problem('mssql://a:b@sql01?Encrypt=true')).toBe(
    'has an unknown or wrong parameter (Unrecognized key: "Encrypt")',
  );
  expect(problem('mssql://a:b@sql01:1500?instance=AX')).toContain('instance and a port');
  expect(problem('mssql://sql01')).toContain('no login');
  expect(problem('mssql://a:100%@sql01')).toContain('%25');
  expect(problem('mssql://a:b@sql01/AxDB')).toContain('databases');
  expect(problem('postgres://a:b@sql01')).toContain('mssql://');
  expect(problem('Server=sql01;Password=x')).toContain('mssql://');
});

test.for([
  ['?authentication=kerberos'],
  ['?authentication=windows'],
  ['?authentication=integrated'],
  ['?integratedSecurity=true'],
  ['?Trusted_Connection=yes'],
  [''],
] as const)('a server address › without a login (%s) says what the driver cannot do, and the ways out', ([search]) => {
  expect(problem(`mssql://sql01${search}`)).toMatch(/no Kerberos.*no gMSA.*authentication=ntlm.*authentication=entra/);
});

test('a server address › of a Windows account needs its domain, once', () => {
  expect(problem('mssql://a:b@sql01?authentication=ntlm')).toContain('domain=…');
  expect(problem('mssql://svc%40contoso.com:b@sql01?authentication=ntlm')).toContain('DOMAIN\\account');
  expect(problem('mssql://CONTOSO\\a:b@sql01?authentication=ntlm&domain=FABRIKAM')).toContain('two domains');
  expect(problem('mssql://CONTOSO\\a:b@sql01')).toContain('needs authentication=ntlm');
  expect(problem('mssql://id:pw@sql01?authentication=entra-application')).toContain('tenantId');
});

test('a server address › names a file of `ca` that is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-ca-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'ca.pem');
  const open = () => addressOf(`mssql://a:hunter22@sql01?ca=${encodeURIComponent(file)}`);
  expect(open).toThrow(`ca=${file} cannot be read (ENOENT)`);
  writeFileSync(file, 'no certificate');
  expect(open).toThrow(`ca=${file} holds no certificate (PEM or DER)`);
  expect(open).not.toThrow(/hunter22/);
});
