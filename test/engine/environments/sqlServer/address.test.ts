import { expect, test } from 'vitest';
import { addressOf, serverUrl } from '../../../../engine/environments/sqlServer/address.ts';

const problem = (text: string) => serverUrl.safeParse(text).error?.issues[0]?.message ?? '';

test('a server address › encrypts and checks the certificate unless it says otherwise', () => {
  const { title, config, user, password } = addressOf('mssql://rewind:p%40ss@sql01.contoso.com');
  expect({ title, user, password }).toEqual({ title: 'sql01.contoso.com:1433', user: 'rewind', password: 'p@ss' });
  expect(config.options).toMatchObject({ encrypt: true, trustServerCertificate: false });
  expect(addressOf('mssql://a:b@sql01?encrypt=strict').config.options?.encrypt).toBe('strict');
});

test('a server address › finds a named instance by its name instead of a port', () => {
  const { title, config } = addressOf('mssql://a:b@sql01?instance=AX');
  expect(title).toBe('sql01\\AX');
  expect(config.options?.instanceName).toBe('AX');
  expect(config.port).toBeUndefined();
});

test('a server address › logs in by SQL login, NTLM or Entra', () => {
  expect(addressOf('mssql://svc:pw@sql01?authentication=ntlm&domain=CONTOSO').config).toMatchObject({
    user: 'svc',
    domain: 'CONTOSO',
  });
  expect(addressOf('mssql://sql01?authentication=entra').config.authentication).toEqual({
    type: 'azure-active-directory-default',
    options: {},
  });
  expect(
    addressOf('mssql://id:secret@sql01?authentication=entra-application&tenantId=t').config.authentication?.type,
  ).toBe('azure-active-directory-service-principal-secret');
});

test('a server address › is refused for what would be a hole or a riddle later', () => {
  expect(problem('mssql://a:b@sql01?trustServerCertificate=true')).toContain('only a server on 127.0.0.1');
  expect(problem('mssql://a:b@127.0.0.1.evil.example?trustServerCertificate=true')).toContain(
    'only a server on 127.0.0.1',
  );
  expect(problem('mssql://a:b@127.0.0.1?trustServerCertificate=true')).toBe('');
  expect(problem('mssql://a:b@sql01?encrypt=false')).toContain('encrypt');
  expect(problem('mssql://a:b@sql01?Encrypt=true')).toContain('Encrypt');
  expect(problem('mssql://sql01')).toContain('no login');
  expect(problem('mssql://a:b@sql01/AxDB')).toContain('databases');
  expect(problem('mssql://a:b@sql01?authentication=ntlm')).toContain('domain');
  expect(problem('postgres://a:b@sql01')).toContain('mssql://');
  expect(problem('Server=sql01;Password=x')).toContain('mssql://');
});
