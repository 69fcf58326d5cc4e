import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { DEFAULT_PACKS, FACT_NAMES } from '../../engine/contracts.ts';
import { settingsSchemas } from '../../engine/environments/open.ts';
import { loadInstallation } from '../../env/environments.ts';
import { installationSchema } from '../../env/installationSchema.ts';
import { readBotSettings, readWorkerSettings } from '../../env/settings.ts';
import { fillManifest } from '../../appPackage/manifest.ts';
import { codeOf, readProject, tableRows } from './markdown.ts';
import { keysOf } from './schemaKeys.ts';

const page = readProject('docs/configuration.md');
const example = readProject('env/environments.example.yaml');

/** What each shorthand of the page stands for. */
const SHORTHANDS: Readonly<Record<string, readonly string[]>> = {
  '<environment>': ['sources.NAME', 'sandboxes.NAME'],
  '<sandbox>': ['sandboxes.NAME'],
  '<command>': ['stopServices', 'startServices', 'checkHealth', 'synchronize'].map(
    (name) => `sandboxes.NAME.commands.${name}`,
  ),
};

function expand(key: string): readonly string[] {
  const found = Object.entries(SHORTHANDS).find(([short]) => key.startsWith(short));
  return found ? found[1].map((long) => key.replace(found[0], long)) : [key];
}

interface Documented {
  readonly key: string;
  readonly value: string;
}

const rows: readonly Documented[] = tableRows(page).flatMap(([first, value = '']) => {
  const key = codeOf(first);
  return key === undefined ? [] : expand(key).map((one) => ({ key: one, value }));
});
const isVariable = ({ key }: Documented) => /^[A-Z_]+$/.test(key);
const isSetting = ({ key }: Documented) => /^(sqlServer|azureSql|postgres)\.(source|sandbox)\./.test(key);
const variables = rows.filter(isVariable);
const settings = rows.filter(isSetting);
const keys = rows.filter((row) => !isVariable(row) && !isSetting(row));

const sorted = (names: Iterable<string>) => [...names].sort();
const namesOf = (path: string) => (path.endsWith('.facts') ? '<fact>' : 'NAME');

test('the page on configuration › names every key of environments.yaml and no other', () => {
  expect(sorted(keys.map(({ key }) => key))).toEqual(sorted(keysOf(installationSchema, namesOf).keys()));
});

test('the page on configuration › names every setting of every provider and no other', () => {
  const known = Object.entries(settingsSchemas).flatMap(([provider, schemas]) =>
    (['source', 'sandbox'] as const).flatMap((kind) =>
      [...keysOf(schemas[kind]).keys()].map((key) => `${provider}.${kind}.${key}`),
    ),
  );
  expect(sorted(settings.map(({ key }) => key))).toEqual(sorted(known));
});

test('the page on configuration › gives every default of a setting as its provider has it', () => {
  const wrong = settings.flatMap(({ key, value }) => {
    const [provider = '', kind, ...path] = key.split('.');
    const schemas = settingsSchemas[provider];
    const schema = kind === 'source' ? schemas?.source : schemas?.sandbox;
    const inSchema = schema && keysOf(schema).get(path.join('.'));
    const said = codeOf(value);
    const onPage = said === undefined ? undefined : JSON.stringify(parse(said));
    return inSchema === onPage ? [] : [`${key}: ${value}, not ${inSchema ?? 'without'}`];
  });
  expect(wrong).toEqual([]);
});

test('the page on configuration › names every fact', () => {
  expect(FACT_NAMES.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

/** As little as the schema takes, with everything in place that has keys of its own. */
function bare(): Record<string, unknown> {
  const cell = { table: 'T', column: 'C', where: { column: 'C', equals: 'x' } };
  const shared = {
    provider: 'sqlServer',
    databases: { application: 'A', financialReporting: 'F' },
    facts: { region: cell },
    recurringJobs: { table: 'T', column: 'C', runningValues: [1] },
    settings: {},
  };
  const command = { command: 'x' };
  const id = '1b9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a01';
  return structuredClone({
    people: [{ id, name: 'Jonas Weber' }],
    moments: [{ name: 'month-end close', at: '2026-11-01T00:00:00+01:00' }],
    webhooks: [{ name: 'erp', url: 'https://erp.contoso.example/', secret: '' }],
    sources: { name: shared },
    sandboxes: {
      name: {
        ...shared,
        sources: ['name'],
        requesters: [id],
        approvers: [id],
        approvals: {},
        backups: {},
        requests: { ticket: { pattern: 'CHG', example: 'CHG' } },
        schedules: { workingHours: { from: '09:00', to: '17:00' } },
        administrator: { signIn: 'admin@contoso.example', objectId: id, tenantId: id },
        commands: {
          stopServices: command,
          startServices: command,
          checkHealth: command,
          synchronize: command,
          announce: { ...command },
        },
        policy: { cutover: { at: '22:00' } },
        coverage: { baseline: 'accepted-columns.json' },
        masks: { stable: true },
        profile: {
          users: { enable: 'as-before' },
          jobs: [{ caption: 'Close stock', company: 'usmf', class: 'InventCostClosing' }],
          settings: [{ table: 'T', key: ['K'], columns: ['C'] }],
          values: [{ table: 'T', where: { K: 1 }, set: { C: 2 } }],
        },
        withoutPacks: [{ pack: DEFAULT_PACKS[0], reason: 'a reason', owner: 'somebody', until: '2026-12-31' }],
      },
    },
  });
}

const tree = z.record(z.string(), z.unknown());

/** The place that a path of the page names in a document, and its last key. */
function placeOf(document: Record<string, unknown>, key: string): readonly [Record<string, unknown>, string] {
  const path = key
    .replace('people[]', 'people.0')
    .replace('moments[]', 'moments.0')
    .replace('webhooks[]', 'webhooks.0')
    .replace('withoutPacks[]', 'withoutPacks.0')
    .replace(/profile\.(\w+)\[\]/, 'profile.$1.0')
    .replace('<fact>', 'region')
    .replace('NAME', 'name')
    .split('.');
  const last = path.pop() ?? '';
  const place = path.reduce<unknown>(
    (at, part) => (Array.isArray(at) ? at[Number(part)] : at && typeof at === 'object' && Object(at)[part]),
    document,
  );
  // Written into below, so it is the object itself that is needed and not a parsed copy.
  tree.parse(place);
  return [place as Record<string, unknown>, last];
}

test('the page on configuration › gives every default of environments.yaml as the schema has it', () => {
  const wrong = keys.flatMap(({ key, value }) => {
    const said = codeOf(value);
    if (said === undefined) return [];
    const [without, withDefault] = [bare(), bare()];
    const [place, last] = placeOf(without, key);
    delete place[last];
    const [other] = placeOf(withDefault, key);
    other[last] = parse(said);
    const [left, right] = [without, withDefault].map((one) => installationSchema.safeParse(one));
    return left?.success && right?.success && JSON.stringify(left.data) === JSON.stringify(right.data)
      ? []
      : [`${key}: ${said}`];
  });
  expect(wrong).toEqual([]);
});

test('the page on configuration › says required where nothing works without, and only there', () => {
  expect(installationSchema.safeParse(bare()).success).toBe(true);
  const wrong = keys.flatMap(({ key, value }) => {
    const without = bare();
    const [place, last] = placeOf(without, key);
    delete place[last];
    // `settings` is required by every provider, which parses it afterwards.
    const isRequired = /(NAME|backups)\.settings$/.test(key) || !installationSchema.safeParse(without).success;
    return isRequired === (value === 'required') ? [] : [key];
  });
  expect(wrong).toEqual([]);
});

const REQUIRED_VARIABLES = {
  REWIND_JOURNAL_URL: 'postgres://rewind:secret@journal.contoso.example/rewind',
  REWIND_REDIS_URL: 'redis://127.0.0.1:6379',
  BOT_ID: '6a0f5c6e-7c39-4f5f-8d0e-1b9b61e28d0e',
  BOT_TENANT_ID: '3d9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a03',
  BOT_PASSWORD: 'secret',
  REWIND_PUBLIC_URL: 'https://rewind.contoso.example',
  REWIND_LINK_KEYS: '2026a:0123456789abcdef0123456789abcdef',
  TEAMS_APP_ID: '9e8d7c6b-5a49-4838-8271-605f4e3d2c1b',
};

test('the page on configuration › names every variable that the code reads and no other', () => {
  const read = ['env/settings.ts', 'env/variables.ts', 'appPackage/manifest.ts'].flatMap((file) =>
    [
      ...readProject(file).matchAll(
        /^\s+([A-Z][A-Z0-9_]+): (?:z\.|linkKeys|signingKey|verifyingKeys|httpsUrl)|process\.env\['([A-Z_]+)'\]/gm,
      ),
    ].map(([, key, read]) => key ?? read ?? ''),
  );
  expect(sorted(variables.map(({ key }) => key))).toEqual(sorted(new Set(read)));
});

test('the page on configuration › says which variables are required, and what the others are without a word', () => {
  const { data } = z.looseObject({ TEAMSFX_ENV: z.string().default('local') }).safeParse({
    ...readBotSettings(REQUIRED_VARIABLES),
    ...readWorkerSettings(REQUIRED_VARIABLES),
    BOT_TYPE: 'SingleTenant',
    APP_PUBLISHER: publisherOf(REQUIRED_VARIABLES),
  });
  const wrong = variables.filter(({ key, value }) => {
    const said = codeOf(value);
    const isRequired = key in REQUIRED_VARIABLES && key !== 'BOT_PASSWORD';
    return isRequired !== (value === 'required') || (said !== undefined && said !== String(data?.[key]));
  });
  expect(wrong).toEqual([]);
  expect(readProject('env/settings.ts')).toContain(
    "BOT_TYPE: z.enum(['SingleTenant', 'UserAssignedMsi']).default('SingleTenant')",
  );
});

function publisherOf(given: Readonly<Record<string, string>>): string {
  const template = JSON.stringify({ developer: '${{APP_PUBLISHER}}', bots: [] });
  const filled: unknown = JSON.parse(fillManifest({ template, variables: given, version: '1.0.0', commands: [] }));
  return z.object({ developer: z.string() }).parse(filled).developer;
}

test('the example of environments.yaml › can be used as it stands', () => {
  const references = [...example.matchAll(/\$\{([A-Z0-9_]+)\}/g)].map(([, name = '']) => name);
  const server = 'mssql://login:secret@sql.contoso.example:1433';
  const signing = `whsec_${Buffer.alloc(32).toString('base64')}`;
  const given = Object.fromEntries(references.map((name) => [name, /SECRET/.test(name) ? signing : server]));
  const { installation, serves } = loadInstallation(
    new URL('../../env/environments.example.yaml', import.meta.url).pathname,
    given,
    settingsSchemas,
  );
  expect(installation.sandboxes.map(({ name }) => name)).toEqual(['uat', 'test']);
  expect(serves).toEqual(['uat', 'test']);
});

test('the example of environments.yaml › shows every key there is', () => {
  const { source = z.never(), sandbox = z.never() } = settingsSchemas['sqlServer'] ?? {};
  const all = [installationSchema, source, sandbox].flatMap((schema) => Array.from(keysOf(schema).keys()));
  const names = new Set(all.map((key) => key.split('.').at(-1) ?? ''));
  expect(names.size).toBeGreaterThan(50);
  // Shown on the page: a row of a table that is chosen by another of its columns, and a certificate.
  for (const name of ['where', 'equals', 'certificate']) names.delete(name);
  expect([...names].filter((name) => !new RegExp(`\\b${name}:`).test(example))).toEqual([]);
});

test('the examples of env files › name no variable that nobody reads', () => {
  const known = new Set(variables.map(({ key }) => key));
  const references = new Set([...example.matchAll(/\$\{([A-Z0-9_]+)\}/g)].map(([, name = '']) => name));
  const named = ['env/.env.local.example', 'env/.env.local.user.example'].flatMap((file) =>
    [...readProject(file).matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !known.has(name) && !references.has(name))).toEqual([]);
});
