import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox, Source } from '../../../../engine/contracts.ts';
import { createResourceManager } from '../../../../engine/environments/azureSql/resourceManager/resourceManager.ts';
import { listRights } from '../../../../engine/environments/azureSql/plan/rights.ts';
import { azureSql } from '../../../../engine/environments/azureSql/definition.ts';
import { sandboxSettings, sourceSettings } from '../../../../engine/environments/azureSql/settings.ts';
import { serverIdOf, resourceOf, databaseIn } from '../../../azure/resources.ts';
import type { AzureServer, Usage } from '../../../azure/model.ts';
import { TOKEN } from '../../../azure/azure.ts';
import { type AzureFixture, createAzureFixture } from './fixture.ts';

let fixture: AzureFixture;
let at: string;
beforeAll(async () => {
  fixture = await createAzureFixture();
  at = await fixture.commit();
  await fixture.archive();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const plan = ({
  source = fixture.source,
  target = fixture.target,
  moment = at,
}: { source?: Source; target?: Sandbox; moment?: string } = {}) => fixture.provider.plan(source, target, moment);
const sourceWith = (settings: object): Source => ({
  ...fixture.source,
  settings: { ...(fixture.source.settings as object), ...settings },
});
const targetWith = (settings: object): Sandbox => ({
  ...fixture.target,
  settings: { ...(fixture.target.settings as object), ...settings },
});
const resource = (server: AzureServer, name: string) => {
  const found = databaseIn(server, name);
  if (!found) throw new Error(`There is no ${name}`);
  return resourceOf(fixture.azure.state, found);
};

test('a plan › says what lies unsanitized where and for how long, what is billed, and that there is no percentage', async () => {
  const { checks = [], chain } = await plan();
  expect(checks.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['unsanitized-on-production', 'warning'],
    ['unsanitized-on-target', 'warning'],
    ['azure-costs', 'warning'],
  ]);
  expect(checks[0]?.detail).toMatch(
    /lie on azsql-prod until copied, closed to production’s users once online if `closer` may, and stay restorable from backups a day longer/,
  );
  expect(chain).toEqual([
    'Azure’s backups of AxDB: restored as AxDB__rw_RUN on azsql-prod, copied to AxUAT__incoming_RUN on azsql-uat',
    'Azure’s backups of MRDB: restored as MRDB__rw_RUN on azsql-prod, copied to MRUAT__incoming_RUN on azsql-uat',
  ]);
  const [required] = (await plan({ source: sourceWith({ closeIntermediate: 'required' }) })).checks ?? [];
  expect(required?.detail).toContain('closed to production’s users once online, and stay');
  for (const never of [{ closeIntermediate: 'never' }, { closer: undefined }]) {
    const [first] = (await plan({ source: sourceWith(never) })).checks ?? [];
    expect(first?.detail).toContain('open to whoever production admits');
  }
});

test('a plan › names what a run of this sandbox has left on production’s server among the copies that go, and nothing of another’s', async () => {
  for (const [name, target] of [
    ['AxDB__rw_R-7', 'azsql-uat/axuat'],
    ['MRDB__rw_R-7', 'azsql-uat/axuat'],
    ['AxDB__rw_R-8', 'azsql-dev/axdev'],
  ] as const) {
    await prod().sql.administer('master', `CREATE DATABASE [${name}]`);
    resource(prod(), name).tags = { 'rewind-run': name.slice(-3), 'rewind-target': target };
  }
  const { copies } = await plan();
  for (const name of ['AxDB__rw_R-7', 'MRDB__rw_R-7', 'AxDB__rw_R-8'])
    await prod().sql.administer('master', `DROP DATABASE [${name}]`);
  expect(copies?.map(({ runId, names }) => [runId, names])).toEqual([['R-7', ['AxDB__rw_R-7', 'MRDB__rw_R-7']]]);
});

interface Refusal {
  readonly why: string;
  /** Makes it so; @returns how it was. */
  readonly spoil: () => () => void;
  readonly asked?: () => Parameters<typeof plan>[0];
  readonly says: RegExp;
}

const changed =
  <Key extends 'longTermRetention' | 'replication' | 'status'>(
    server: () => AzureServer,
    name: string,
    key: Key,
    value: ReturnType<typeof resource>[Key],
  ) =>
  () => {
    const found = resource(server(), name);
    const before = found[key];
    found[key] = value;
    return () => void (found[key] = before);
  };
const uat = () => fixture.azure.sandbox;
const prod = () => fixture.azure.production;
const nothing = () => () => undefined;
const renamed = (server: () => AzureServer, name: string) => () => {
  const found = databaseIn(server(), name);
  if (found) found.name = `${name}-gone`;
  return () => void (found && (found.name = name));
};
const locked = (scope: () => string) => () => {
  fixture.azure.state.locks.push({ scope: scope(), name: 'x', level: 'CanNotDelete' });
  return () => void fixture.azure.state.locks.pop();
};

const used = (usages: () => Usage[], usage: Usage) => () => {
  usages().push(usage);
  return () => void usages().pop();
};

const elsewhere = (url: string) => url.replace('127.0.0.1', 'localhost');

const refusals: readonly Refusal[] = [
  {
    why: 'long-term retention of the target',
    spoil: changed(uat, 'AxUAT', 'longTermRetention', 'P4W'),
    says: /AxUAT has long-term retention/,
  },
  {
    why: 'replication of the target',
    spoil: changed(uat, 'MRUAT', 'replication', 'Primary'),
    says: /MRUAT is replicated/,
  },
  { why: 'a target that is not online', spoil: changed(uat, 'AxUAT', 'status', 'Suspect'), says: /AxUAT is Suspect/ },
  {
    why: 'a source that is a geo-secondary',
    spoil: changed(prod, 'AxDB', 'replication', 'Secondary'),
    says: /AxDB is a geo-secondary/,
  },
  {
    why: 'a failover group of the target',
    spoil: () => {
      uat().failoverGroups.push({ name: 'fog', databases: ['AxUAT'] });
      return () => void uat().failoverGroups.pop();
    },
    says: /AxUAT is replicated/,
  },
  { why: 'a source that was renamed or dropped', spoil: renamed(prod, 'MRDB'), says: /Azure has no backup yet/ },
  { why: 'a target that was dropped', spoil: renamed(uat, 'MRUAT'), says: /MRUAT is not there/ },
  { why: 'a missing control database', spoil: renamed(uat, 'rewind_control'), says: /no database rewind_control/ },
  {
    why: 'a missing lock of production',
    spoil: () => {
      const gone = fixture.azure.state.locks.splice(1, 1);
      return () => void fixture.azure.state.locks.push(...gone);
    },
    says: /MRDB is not locked against deletion/,
  },
  {
    why: 'a lock above production',
    spoil: locked(() => serverIdOf(prod())),
    says: /lock above the databases of azsql-prod/,
  },
  {
    why: 'a lock of the group of the target',
    spoil: locked(() => serverIdOf(uat()).split('/providers/')[0] ?? ''),
    says: /lock above the databases of azsql-uat/,
  },
  { why: 'a lock of the target', spoil: locked(() => `${serverIdOf(uat())}/databases/AxUAT`), says: /AxUAT is locked/ },
  {
    why: 'another subscription',
    spoil: nothing,
    asked: () => ({ target: targetWith({ subscription: '11111111-0000-0000-0000-000000000000' }) }),
    says: /HTTP 404/,
  },
  {
    why: 'a pool that is not there',
    spoil: nothing,
    asked: () => ({ target: targetWith({ copy: { elasticPool: 'none' } }) }),
    says: /no elastic pool none/,
  },
  {
    why: 'a pool that is being changed',
    spoil: () => {
      uat().pools.push({ name: 'busy', tier: 'GeneralPurpose', state: 'Creating' });
      return () => void uat().pools.pop();
    },
    asked: () => ({ target: targetWith({ copy: { elasticPool: 'busy' } }) }),
    says: /pool busy is Creating/,
  },
  {
    why: 'vCores that the region has no more',
    spoil: used(() => fixture.azure.state.regionUsages, {
      name: 'RegionalVCoreQuotaForSQLDBAndDW',
      currentValue: 45,
      limit: 52,
    }),
    says: /the intermediates and the copies take 8 vCores in westeurope, of which 7 of 52 are free/,
  },
  {
    why: 'DTUs that the server of the target has no more',
    spoil: used(() => uat().usages, { name: 'server_dtu_quota_current', currentValue: 53_900, limit: 54_000 }),
    asked: () => ({ target: targetWith({ copy: { sku: { name: 'S3', tier: 'Standard' } } }) }),
    says: /the copies take 200 DTUs of azsql-uat, of which 100 of 54000 are free/,
  },
  {
    why: 'DTUs that the server of production has no more',
    spoil: used(() => prod().usages, { name: 'server_dtu_quota_current', currentValue: 54_000, limit: 54_000 }),
    asked: () => ({ source: sourceWith({ intermediate: { name: 'P1', tier: 'Premium' } }) }),
    says: /the intermediates take 250 DTUs of azsql-prod, of which 0 of 54000 are free/,
  },
  {
    why: 'intermediates that must be closed, and nobody who could',
    spoil: nothing,
    asked: () => ({ source: sourceWith({ closeIntermediate: 'required', closer: undefined }) }),
    says: /names no login that could/,
  },
  {
    why: 'a sandbox on production’s server',
    spoil: nothing,
    asked: () => ({ target: targetWith({ resourceGroup: 'rg-prod', server: 'azsql-prod' }) }),
    says: /lies on the logical server of prod/,
  },
  {
    why: 'an address of SQL that is not the server’s',
    spoil: nothing,
    asked: () => ({ target: targetWith({ sql: elsewhere(sandboxSettings.parse(fixture.target.settings).sql) }) }),
    says: /`sql` leads to localhost, and the server is 127\.0\.0\.1/,
  },
  {
    why: 'an address of the closer that is not the server’s',
    spoil: nothing,
    asked: () => ({
      source: sourceWith({ closer: elsewhere(sourceSettings.parse(fixture.source.settings).closer ?? '') }),
    }),
    says: /`closer` leads to localhost, and the server is 127\.0\.0\.1/,
  },
  {
    why: 'a moment within the lag',
    spoil: nothing,
    asked: () => ({ moment: fixture.clock.now() }),
    says: /newest backups/,
  },
];

test.each(refusals)(
  'a plan › is refused for $why, and says what to do',
  async ({ spoil, asked = () => ({}), says }) => {
    const restore = spoil();
    try {
      const refusal = plan(asked());
      await expect(refusal).rejects.toThrow(says);
      await expect(refusal).rejects.toMatchObject({ remedy: expect.stringMatching(/\S/) as string });
    } finally {
      restore();
    }
    await plan();
  },
);

test.each([
  ['nobody tells it', () => () => undefined],
  [
    'the identity may not ask',
    () => (
      fixture.azure.state.withoutRights.add('locations/usages/read'),
      () => fixture.azure.state.withoutRights.clear()
    ),
  ],
  [
    'it just suffices',
    used(() => fixture.azure.state.regionUsages, {
      name: 'RegionalVCoreQuotaForSQLDBAndDW',
      currentValue: 44,
      limit: 52,
    }),
  ],
  [
    'it is another one',
    used(() => fixture.azure.state.regionUsages, { name: 'ServerQuota', currentValue: 20, limit: 20 }),
  ],
] as const)('a quota › refuses no plan where %s', async (_, arrange) => {
  const restore = arrange();
  try {
    await expect(plan()).resolves.toMatchObject({ chain: [expect.any(String), expect.any(String)] });
  } finally {
    restore();
  }
});

test('a quota › counts as free what earlier runs have left, for some of it goes before', async () => {
  const restore = used(() => fixture.azure.state.regionUsages, {
    ...{ name: 'RegionalVCoreQuotaForSQLDBAndDW', currentValue: 46, limit: 52 },
  })();
  await expect(plan()).rejects.toThrow(/take 8 vCores/);
  await uat().sql.administer('master', 'CREATE DATABASE [AxUAT__previous_R-6]');
  await plan();
  await uat().sql.administer('master', 'DROP DATABASE [AxUAT__previous_R-6]');
  restore();
});

test('a survey › of a database without a first backup has no window and says why', async () => {
  const found = resource(prod(), 'AxDB');
  const before = found.createdAt;
  found.createdAt = fixture.clock.nowMs();
  const { windows, notes } = await fixture.provider.survey(fixture.source);
  found.createdAt = before;
  expect(windows).toEqual([]);
  expect(notes?.[0]).toMatch(/^AxDB cannot be restored yet: it was made at /);
});

test('a survey › needs no login of production, and a token that is refused says so', async () => {
  const before = prod().sql.statements.length;
  const { windows, sizeBytes } = await fixture.provider.survey(sourceWith({ reader: undefined, closer: undefined }));
  expect([windows.length, sizeBytes]).toEqual([1, 33_554_432]);
  expect(prod().sql.statements.length).toBe(before);
  fixture.azure.faults.add({
    path: /AxDB$/,
    effect: { kind: 'answer', status: 401, code: 'ExpiredAuthenticationToken' },
  });
  await expect(fixture.provider.survey(fixture.source)).rejects.toMatchObject({ code: 'azure-token-refused' });
});

const manager = () =>
  createResourceManager({
    cloud: { address: fixture.azure.address, audience: 'x' },
    clock: fixture.clock,
    token: async () => TOKEN,
  });
const rightsOf = (kind: 'source' | 'target') =>
  kind === 'source'
    ? listRights(fixture.source, kind, sourceSettings.parse(fixture.source.settings), manager())
    : listRights(fixture.target, kind, sandboxSettings.parse(fixture.target.settings), manager());
const missing = async (kind: 'source' | 'target') => (await rightsOf(kind)).filter(({ has }) => has !== true);

test.each(['source', 'target'] as const)(
  'the rights › on the server of the %s are listed, and each that is missing is named with what gives it',
  async (kind) => {
    expect(await missing(kind)).toEqual([]);
    const server = kind === 'source' ? 'azsql-prod' : 'azsql-uat';
    const names = (await rightsOf(kind)).map(({ name }) => name).filter((name) => name.startsWith('Microsoft.'));
    expect(names.length).toBe(kind === 'source' ? 10 : 15);
    const { withoutRights } = fixture.azure.state;
    for (const name of names) {
      withoutRights.add(`${server}: ${name.replace(/^Microsoft\.Sql\//, '')}`);
      expect((await missing(kind)).map((one) => [one.name, one.statement === ''])).toEqual([[name, false]]);
      withoutRights.clear();
    }
  },
);

test('the rights › name an address of SQL that leads to another server', async () => {
  const settings = sandboxSettings.parse(targetWith({ sql: 'mssql://rewind:secret@other.contoso.example' }).settings);
  const rights = await listRights({ ...fixture.target, settings }, 'target', settings, manager());
  expect(rights.filter(({ has }) => has !== true).map(({ name, statement }) => [name, statement])).toEqual([
    ['sql leads to the server', 'set the host of sql to 127.0.0.1; it is other.contoso.example'],
  ]);
});

test('the rights › ask for no lock of a sandbox that is a source', async () => {
  const settings = sourceSettings.parse(fixture.source.settings);
  const rights = await listRights({ ...fixture.source, kind: 'sandbox-backups' }, 'source', settings, manager());
  expect(rights.filter(({ name }) => name.startsWith('CanNotDelete'))).toEqual([]);
});

test('the rights › name a missing lock, one too many, a right too many, and what was left behind', async () => {
  const { state } = fixture.azure;
  const gone = state.locks.splice(0, 1);
  state.locks.push({ scope: serverIdOf(prod()), name: 'all', level: 'CanNotDelete' });
  state.withExcess = true;
  await prod().sql.administer('master', 'CREATE DATABASE [AxDB__rw_R-77]');
  expect((await missing('source')).map(({ name }) => name)).toEqual([
    'no Microsoft.Sql/servers/databases/move/action',
    'CanNotDelete lock on AxDB',
    'no lock above the databases',
    'no intermediates left behind',
  ]);
  await prod().sql.administer('master', 'DROP DATABASE [AxDB__rw_R-77]');
  state.locks.splice(0, state.locks.length, ...gone, ...state.locks.filter(({ name }) => name === 'keep'));
  state.withExcess = false;
  expect(await missing('source')).toEqual([]);
});

test('the file › names a sandbox that is production by server and name', () => {
  const place = (kind: 'source' | 'sandbox', settings: unknown) => azureSql.placesOf(kind, settings, ['AXDB']);
  expect(place('source', fixture.source.settings)).toEqual([`${serverIdOf(prod())}/databases/axdb`.toLowerCase()]);
  expect(place('sandbox', targetWith({ resourceGroup: 'RG-PROD', server: 'AzSql-Prod' }).settings)).toEqual(
    place('source', fixture.source.settings),
  );
  expect(place('source', {})).toEqual([]);
});
