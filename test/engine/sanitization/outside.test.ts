import { expect, test } from 'vitest';
import { dropOutside, proveOutside } from '../../../engine/sanitization/outside/outside.ts';
import { connectTo } from '../../sqlServer/client.ts';
import { engineSession } from '../../sqlServer/engineSession.ts';
import { startStandIn } from '../../sqlServer/standIn.ts';
import { startTestServer } from './testDatabase.ts';

const target = { databases: { application: 'AxDB', financialReporting: 'ManagementReporter' } };

test('what leads out of a copy on SQL Server › is dropped and proved, but for synonyms within the sandbox', async () => {
  await using server = await startStandIn({});
  await server.administer('master', 'CREATE DATABASE copy_of');
  const { ownRows } = [...server.state.databases.values()].find(({ name }) => name === 'copy_of') ?? {
    ownRows: new Map(),
  };
  const synonym = (name: string, leadsTo: string) => ({ name, object_id: 1, schema_id: 1, base_object_name: leadsTo });
  ownRows.set('sys.synonyms', [
    synonym('dw', '[DWSQL].[dw].[dbo].[FACT]'),
    synonym('other', '[Elsewhere].[dbo].[T]'),
    synonym('reports', '[managementreporter].[dbo].[R]'),
    synonym('own', '[dbo].[X]'),
  ]);
  ownRows.set('sys.external_data_sources', [{ name: 'Lake', location: 'abfss://lake', type_desc: 'BLOB_STORAGE' }]);
  ownRows.set('sys.database_scoped_credentials', [{ name: 'Lake]Key', credential_identity: 'SHARED ACCESS' }]);
  await using client = await connectTo(server, 'sa', 'copy_of');
  const session = engineSession(client);
  expect(await proveOutside(session, 'application', target)).toMatchObject({ passed: false, offendingRows: 4 });
  const log: string[] = [];
  expect(await dropOutside(session, target, (line) => log.push(line))).toBe(4);
  expect(log).toEqual([
    'external data source Lake is dropped from the copy: it led out of it',
    'scoped credential Lake]Key is dropped from the copy: it led out of it',
    'synonym dw is dropped from the copy: it led out of it',
    'synonym other is dropped from the copy: it led out of it',
  ]);
  expect(await proveOutside(session, 'application', target)).toMatchObject({ passed: true, offendingRows: 0 });
  expect(await dropOutside(session, target, () => undefined)).toBe(0);
});

test('what leads out of a copy on PostgreSQL › is dropped with all that hangs on it, and proved', async () => {
  await using server = await startTestServer('select 1');
  await using database = await server.emptyDatabase(`
    create foreign data wrapper nowhere; create server "Lake ""1""" foreign data wrapper nowhere;
    create user mapping for public server "Lake ""1"""; create foreign table there (id int) server "Lake ""1""";`);
  expect(await proveOutside(database.session, 'application', target)).toMatchObject({ offendingRows: 1 });
  await dropOutside(database.session, target, () => undefined);
  expect(await proveOutside(database.session, 'application', target)).toMatchObject({ passed: true, offendingRows: 0 });
});
