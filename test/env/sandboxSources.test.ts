import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { settingsSchemas } from '../../engine/environments/open.ts';
import { loadText, placeAndReason, problemsOf } from './environmentsText.ts';

const ANN = '1b9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a01';
const BOB = '2c9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a02';
type Tree = Record<string, unknown>;

const databases = { application: 'AxDB', financialReporting: 'MR' };
const ofProd = { from: 'connection', server: 'mssql://reader:secret@prod-sql.contoso.example:1433' };
const service = 'mssql://rewind:secret@test-sql.contoso.example:1433';

const aSandbox = (parts: Tree = {}): Tree => ({
  provider: 'sqlServer',
  databases: { application: 'AxDB_UAT', financialReporting: 'MR_UAT' },
  sources: ['prod'],
  requesters: [ANN],
  approvers: [BOB],
  administrator: { signIn: 'admin@contoso.example', objectId: ANN, tenantId: BOB },
  settings: { server: service },
  ...parts,
});
const backups = { settings: { from: 'connection', server: service } };
const aDocument = (sandboxes: Tree, prod: Tree = {}): Tree => ({
  sources: { prod: { provider: 'sqlServer', databases, settings: ofProd, ...prod } },
  sandboxes,
});

const load = (document: unknown, how: Parameters<typeof loadText>[2] = settingsSchemas) =>
  loadText(stringify(document, { aliasDuplicateObjects: false }), {}, how).installation;
const problemsIn = (...asked: Parameters<typeof load>) => problemsOf(() => load(...asked)).map(placeAndReason);

test('a sandbox with backups of its own › is a source for others, and stays what it was', () => {
  const uat = aSandbox({ backups: { ...backups, retentionDays: 60 }, facts: { region: 'westeurope' }, title: 'UAT 1' });
  const document = aDocument({ uat, test: aSandbox({ sources: ['prod', 'uat'] }) });
  for (const how of [settingsSchemas, 'names-only'] as const) {
    const { sources, sandboxes } = load(document, how);
    expect(sources.map(({ name, kind, title, retentionDays }) => [name, kind, title, retentionDays])).toEqual([
      ['prod', 'production', 'PROD', 30],
      ['uat', 'sandbox-backups', 'UAT 1', 60],
    ]);
    expect(sources[1]).toMatchObject({
      databases: { application: 'AxDB_UAT' },
      facts: { region: { kind: 'declared' } },
    });
    expect(sandboxes.map(({ name, kind }) => [name, kind])).toEqual([
      ['uat', 'sandbox'],
      ['test', 'sandbox'],
    ]);
    expect(sandboxes[0]).not.toHaveProperty('backups');
  }
});

test('a file › without backups of a sandbox says what it always said', () => {
  expect(load(aDocument({ uat: aSandbox() })).sources.map(({ name }) => name)).toEqual(['prod']);
});

test('a sandbox › is no source of itself, nor one without backups, nor one of another platform', () => {
  expect(problemsIn(aDocument({ uat: aSandbox({ sources: ['prod', 'uat'], backups }) }))).toEqual([
    'sandboxes.uat.sources: names the sandbox itself',
  ]);
  expect(problemsIn(aDocument({ uat: aSandbox(), test: aSandbox({ sources: ['uat'] }) }))).toEqual([
    'sandboxes.test.sources: uat is a sandbox without backups of its own (backups)',
  ]);
  const other = aSandbox({ provider: 'postgres', sources: ['uat'], settings: {} });
  expect(problemsIn(aDocument({ uat: aSandbox({ backups }), other }), 'names-only')).toEqual([
    'sandboxes.other.provider: differs from that of uat',
  ]);
});

test('the settings of a sandbox’s backups › are judged as those of a source', () => {
  expect(problemsIn(aDocument({ uat: aSandbox({ backups: { settings: { from: 'connection' } } }) }))).toEqual([
    expect.stringMatching(/^sandboxes\.uat\.backups\.settings\.server: /),
  ]);
});

test.each([
  ['at the same server, in another spelling', 'mssql://rewind:secret@PROD-SQL.contoso.example', 'axdb'],
  ['by the login that measures facts there', 'mssql://rewind:secret@facts.contoso.example:1433', 'AxDB'],
])('production’s databases in a sandbox’s entry › are refused with the file: %s', (_, server, application) => {
  const reader = 'mssql://reader:secret@facts.contoso.example:1433';
  const uat = aSandbox({ settings: { server }, databases: { application, financialReporting: 'MR_UAT' } });
  const document = (sandboxes: Tree) => aDocument(sandboxes, { settings: { ...ofProd, reader } });
  const refusal = 'sandboxes.uat.databases: are those of prod by server and name: production is never replaced';
  expect(problemsIn(document({ uat }))).toEqual([refusal]);
  // Also where another sandbox would be the source.
  const both = document({ uat: { ...uat, sources: ['other'] }, other: aSandbox({ backups }) });
  expect(problemsIn(both)).toEqual([refusal]);
  expect(problemsIn(document({ uat: aSandbox({ settings: { server } }) }))).toEqual([]);
});

test.each([
  ['refreshed from production', ['prod']],
  ['refreshed from another sandbox', ['other']],
])('a sandbox on production’s server of Azure › is refused with the file: %s', (_, sources) => {
  const azureServer = (server: string) => ({
    ...{ subscription: '00000000-0000-0000-0000-000000000000', resourceGroup: 'rg', server },
  });
  const place = (server: string) => ({
    ...azureServer(server),
    ...{ sql: 'mssql://rewind:secret@x.contoso.example', copy: { elasticPool: 'pool' } },
  });
  const azure = { provider: 'azureSql' };
  const prod = azureServer('contoso-prod');
  const uat = (server: string) => aSandbox({ ...azure, sources, settings: place(server) });
  const own = { settings: { ...prod, server: 'contoso-dev' } };
  const other = aSandbox({ ...azure, settings: place('contoso-dev'), backups: own });
  const document = (server: string) => aDocument({ uat: uat(server), other }, { ...azure, settings: prod });
  expect(problemsIn(document('Contoso-Prod'))).toEqual([
    'sandboxes.uat.settings.server: is that of prod: no sandbox lies on production’s server',
  ]);
  expect(problemsIn(document('contoso-uat'))).toEqual([]);
  expect(problemsIn(document('contoso-dev'))).toEqual([]);
});

test('a cluster of production’s › is no sandbox, whatever its databases are called', () => {
  const address = (login: string) => `postgres://${login}:secret@127.0.0.1:5432`;
  const settings = { folder: '/uat', binFolder: '/bin', service: address('rewind'), copyPort: 5433 };
  const uat = aSandbox({ provider: 'postgres', settings });
  const source = { archiveFolder: '/a', backupsFolder: '/b', reader: address('reader') };
  expect(problemsIn(aDocument({ uat }, { provider: 'postgres', settings: source }))).toEqual([
    'sandboxes.uat.databases: are those of prod by server and name: production is never replaced',
  ]);
});

test('recovery points › may lie further back than 30 days where the installation keeps the backups', () => {
  const document = aDocument({ uat: aSandbox({ backups: { ...backups, retentionDays: 400 } }) }, { retentionDays: 90 });
  expect(load(document).sources.map(({ retentionDays }) => retentionDays)).toEqual([90, 400]);
  const { sqlServer } = settingsSchemas;
  if (!sqlServer) throw new Error('There is no such platform');
  const managed = { sqlServer: { ...sqlServer, hasOwnBackups: false } };
  expect(problemsIn(document, managed)).toEqual([
    'sources.prod.retentionDays: must not exceed 30',
    'sandboxes.uat.backups.retentionDays: must not exceed 30',
  ]);
});
