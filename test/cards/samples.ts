import {
  STEP_NAMES,
  type CheckResult,
  type Instant,
  type Person,
  type Guarantees,
  type Plan,
  type Run,
  type StepName,
  type StepStatus,
  type Survey,
} from '../../engine/contracts.ts';
import type { RunContext } from '../../cards/index.ts';

/** Sample data of a fictitious company, in the tone of a real one. */
export const NOW: Instant = '2026-11-22T20:40:07.000Z';
export const AT: Instant = '2026-11-21T23:00:00.000Z';
export const jonas = person('jonas', 'Jonas Weber');
export const mira = person('mira', 'Mira Okafor');

const GB = 1024 ** 3;

export function person(id: string, name: string): Person {
  return { id: `00000000-0000-0000-0000-${id.padStart(12, '0')}`, tenantId: 'contoso', name };
}

export const survey: Survey = {
  source: 'prod',
  measuredAt: '2026-11-22T20:16:00.000Z',
  windows: [
    { from: '2026-10-23T19:00:00.000Z', to: '2026-11-05T01:10:00.000Z' },
    { from: '2026-11-07T03:00:00.000Z', to: '2026-11-22T20:12:30.000Z' },
  ],
  gaps: [{ from: '2026-11-05T01:10:00.000Z', to: '2026-11-07T03:00:00.000Z', reason: 'a log backup is missing' }],
  precisionMs: 1000,
  sizeBytes: 396 * GB,
};

export const checks: readonly CheckResult[] = [
  passed('application-release', 'Same application release', '10.0.45 on both'),
  passed('financial-reporting', 'Financial Reporting is not older in UAT', '10.0.45 against 10.0.43'),
  passed('platform-update', 'Platform update is above 20', '69'),
  passed('same-tenant', 'Same tenant', 'contoso on both'),
  passed('same-region', 'Same region', 'West Europe on both', 'declared'),
  passed('capacity', 'The databases fit', '396 GB into 1,024 GB'),
  passed('jobs-in-target', 'Recurring jobs in UAT are stopped', '0 running'),
  passed('no-other-run', 'No other run on UAT', 'free'),
  passed('window', 'The recovery point is inside the window', 'full of 16 Nov, 5 differentials, 40 logs'),
  passed('space', 'Space for the copy', '1.9 TB free'),
  passed('commerce', 'Commerce', '', 'not-applicable'),
  {
    name: 'jobs-in-source',
    title: '2 recurring import jobs ran in PROD at that moment',
    outcome: 'warning',
    basis: 'measured',
    detail: 'Customers V3, Sales orders V2',
    remedy: 'Choose a moment after they ended, or expect orphaned files.',
  },
];

export const blockedCheck: CheckResult = {
  name: 'financial-reporting',
  title: 'Financial Reporting is older in UAT than in PROD',
  outcome: 'blocked',
  basis: 'measured',
  detail: '10.0.41 against 10.0.43',
  remedy: 'Bring both environments to the latest version, then plan again.',
};

/** A plan of SQL Server: its provider has more to say, with more neighbours than a card shows. */
export const checksOfSqlServer: readonly CheckResult[] = [
  warning(
    'retires-previous',
    'Drops the former databases of R-1010',
    'R-1010 cannot be rolled back afterwards. The copy has no room beside AxDB_UAT__previous_R-1010 and MR_UAT__previous_R-1010 (370 GB)',
    'Go on only if nobody wants R-1010 back.',
  ),
  ...checks,
  warning(
    'restore-chain',
    'Restore chain of AxDB',
    String.raw`The newer full backup \\nas01\sqlbackup\prod\AxDB_FULL_1118.bak is not used: no unbroken chain leads from it to the moment`,
    'Go on only if the copy may be like this.',
  ),
  passed('encryption', 'Encryption of the copies', 'AxDB: the copy stays under production’s certificate'),
  passed(
    'space-on-volume',
    String.raw`Space on D:\SQL\Data`,
    '446 GB needed, 200 GB free, 370 GB dropped first: copies 400 GB, growth 40 GB, integrity check 6 GB; beside the target 280 GB',
  ),
  warning(
    'neighbours',
    'Jobs, linked servers and synonyms that lead to the target',
    [
      'job DatabaseBackup - USER_DATABASES - FULL works over all databases, the copies too',
      ...Array.from({ length: 40 }, (_, n) => `job Nightly ${String(n)} works in AxDB_UAT`),
    ].join('; '),
    'Tell whoever runs the server; the log of the run names all.',
  ),
  warning(
    'replaced-leads',
    'What leads out of the target is replaced by production’s',
    'AxDB_UAT: synonym dbo.FX → [DWUAT].[dw].[dbo].[FX]; AxDB_UAT: external data source Lake → abfss://uat@contoso.dfs.core.windows.net',
    'Script these now, and create them again after the refresh.',
  ),
];

function warning(name: string, title: string, detail: string, remedy: string): CheckResult {
  return { name, title, outcome: 'warning', basis: 'measured', detail, remedy };
}

function passed(name: string, title: string, detail: string, basis: CheckResult['basis'] = 'measured'): CheckResult {
  return { name, title, outcome: 'passed', basis, detail, remedy: '' };
}

/** Of a platform about which the plan has most to say. */
export const everythingToSay: Guarantees = {
  place: 'beside',
  swap: 'repairable',
  fence: 'per-statement',
  canStopRestore: false,
  progress: 'phases',
};

export const plan: Plan = {
  binding: {
    source: 'prod',
    target: 'uat',
    sourceIdentity: 'sql-prod-01/4f1c',
    targetIdentity: 'sql-uat-01/9a2e',
    at: { application: AT, financialReporting: AT },
    packsHash: 'a1',
    policyHash: 'b2',
  },
  digest: '5f0c8d3b9e7a61424c1f0a9d8e7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b',
  madeAt: '2026-11-22T20:16:00.000Z',
  checks,
  chain: ['full 2026-11-16 01:00', 'differential 2026-11-21 01:00', 'log 2026-11-21 22:45', 'log 2026-11-21 23:00'],
  restoreBytes: 396 * GB,
  replaced: { sizeBytes: 412 * GB },
  cleared: [
    data('Email addresses', ['LogisticsElectronicAddress'], 'nobody outside may get mail from a sandbox'),
    data('Batch job history', ['BatchJobHistory', 'BatchHistory', 'BatchConstraintHistory'], ''),
    data('Document attachments', ['DocuValue'], ''),
    data('Encrypted fields', ['SysEmailSMTPPassword'], 'unreadable on another server'),
    data('Users but Admin', ['UserInfo'], 'disabled'),
    data('Batch jobs', ['BatchJob'], 'set to Withhold'),
    data('Partitions of users', ['UserInfo'], 'reset to initial'),
  ],
  keptFromTarget: [
    data('SMTP relay server', ['SysEmailParameters'], 'belongs to the environment'),
    data('Print management', ['PrintMgmtSettings', 'PrintMgmtDocInstance'], ''),
    data(
      'Servers, sessions and printers',
      [
        'SysServerConfig',
        'SysServerSessions',
        'SysCorpNetPrinters',
        'SysClientSessions',
        'BatchServerConfig',
        'BatchServerGroup',
      ],
      'belongs to the environment',
    ),
  ],
  profile: [
    { part: 'users', done: 38, left: 0 },
    { part: 'roles', done: 91, left: 0 },
    { part: 'jobs', done: 3, left: 1 },
    { part: 'clients', done: 2, left: 0 },
    { part: 'settings', done: 4, left: 0 },
    { part: 'features', done: 1, left: 0 },
    { part: 'theme', done: 1, left: 0 },
  ],
  administrator: 'admin.uat@contoso.example',
  estimate: { kind: 'known', fromSeconds: 38 * 60, toSeconds: 52 * 60, unavailableSeconds: 12 * 60, runs: 5 },
  keepPreviousMs: 3 * 86_400_000,
  guarantees: {
    place: 'beside',
    swap: 'repairable',
    fence: 'per-statement',
    canStopRestore: true,
    progress: 'percent',
  },
};

function data(title: string, tables: readonly string[], reason: string) {
  return { title, tables, reason };
}

const DETAILS: Readonly<Partial<Record<StepName, string>>> = {
  'check-prerequisites': '12 conditions, 1 warning',
  'restore-beside': '396 GB',
  'inspect-copy': 'release 10.0.45, integrity checked',
  sanitize: '22 rules, 41,207 rows',
  'synchronize-beside': '1,204 tables',
  'verify-sanitization': '22 rules proved',
};
const SECONDS = [8, 1080, 61, 74, 212, 31, 300, 3, 40, 0.8, 420, 95];

/** The runbook's steps, those before `running` done, one after the other. */
export function stepsUntil(
  running: StepName | 'end',
  state: StepStatus['state'] = 'running',
  detail = '',
): readonly StepStatus[] {
  let clock = Date.parse('2026-11-22T20:19:00.000Z');
  const end = running === 'end' ? STEP_NAMES.length : STEP_NAMES.indexOf(running);
  return STEP_NAMES.map((name, index): StepStatus => {
    const startedAt = new Date(clock).toISOString();
    if (index > end) return { name, state: 'waiting', detail: '' };
    if (index === end) return { name, state, startedAt, detail };
    clock += (SECONDS[index] ?? 1) * 1000;
    return { name, state: 'done', startedAt, endedAt: new Date(clock).toISOString(), detail: DETAILS[name] ?? '' };
  });
}

/** A run of UAT as it is just before its moment is chosen. */
export const draft: Run = {
  runId: 'R-1042',
  state: 'draft',
  version: 1,
  target: 'uat',
  source: 'prod',
  requestedBy: jonas,
  createdAt: '2026-11-22T20:12:00.000Z',
  updatedAt: '2026-11-22T20:16:00.000Z',
  zone: 'Europe/Berlin',
  isPlanning: false,
  expiresAt: '2026-11-22T20:46:00.000Z',
  steps: stepsUntil('check-prerequisites', 'waiting'),
  remembered: {},
  targetState: 'old',
  isPreviousRetired: false,
  figures: {},
  checklist: [],
};

export function aRun(change: Partial<Run> = {}): Run {
  return { ...draft, at: AT, plan, reason: 'UAT round 3, ticket CHG-2211', ...change };
}

/** A run that somebody approved and a worker took. */
export function aStartedRun(change: Partial<Run> = {}): Run {
  return aRun({
    state: 'in-progress',
    approval: { by: mira, at: '2026-11-22T20:18:00.000Z', digest: plan.digest },
    startedAt: '2026-11-22T20:19:00.000Z',
    updatedAt: NOW,
    expiresAt: undefined,
    ...change,
  });
}

/** A run that has switched: the former database is kept. */
export function aSwitchedRun(change: Partial<Run> = {}): Run {
  return aStartedRun({
    targetState: 'closed',
    generation: 7,
    swappedAt: '2026-11-22T20:52:00.000Z',
    previousKeptUntil: '2026-11-25T20:52:00.000Z',
    endedAt: '2026-11-22T21:04:00.000Z',
    updatedAt: '2026-11-22T21:04:00.000Z',
    ...change,
  });
}

export function contextOf(run: Run, change: Partial<RunContext> = {}): RunContext {
  return {
    run,
    kind: 'run',
    now: NOW,
    zone: 'Europe/Berlin',
    locale: 'en',
    sourceTitle: 'PROD',
    targetTitle: 'UAT',
    approvers: [
      { id: '29:mira', name: 'Mira Okafor' },
      { id: '29:aiko', name: 'Aiko Tanaka' },
    ],
    logUrl: 'https://rewind.contoso.example/runs/R-1042/log?sig=3f9a',
    ...(run.report ? { reportUrl: 'https://rewind.contoso.example/reports/3f9a' } : {}),
    targetUrl: 'https://uat.contoso.example/',
    ...change,
  };
}
