import { STEP_NAMES, type Person, type Policy, type Run, type Sandbox, type Source } from '../engine/contracts.ts';

export const TENANT = '7d2f1c04-5b8e-4a6d-9c31-0e8f4b7a2d65';

const person = (n: number, name: string): Person => ({
  id: `00000000-0000-4000-8000-00000000000${String(n)}`,
  tenantId: TENANT,
  name,
});
/** Asks. */
export const JONAS = person(1, 'Jonas Weber');
/** Asks and approves. */
export const MIRA = person(2, 'Mira Okafor');
/** Answers for the data, where a test says so. */
export const NOOR = person(5, 'Noor Haddad');
/** May nothing. */
export const LARS = person(4, 'Lars Nyström');

const databases = { application: 'axdb', financialReporting: 'mrdb' };
const HOUR = 3_600_000;

export function aPolicy(parts: Partial<Policy> = {}): Policy {
  return {
    cutover: { kind: 'when-ready' },
    cutoverWarningMs: 0,
    synchronize: 'never',
    rollbackOnFailure: 'offered',
    integrityCheck: 'none',
    keepPreviousMs: 72 * HOUR,
    keepFailedCopyMs: 8 * HOUR,
    draftExpiresMs: HOUR,
    approvalExpiresMs: 24 * HOUR,
    forProductionReporting: false,
    ...parts,
  };
}

export function aSource(parts: Partial<Source> = {}): Source {
  return {
    name: 'prod',
    title: 'PROD',
    kind: 'production',
    provider: 'model',
    settings: {},
    databases,
    facts: {},
    timeZone: 'UTC',
    retentionDays: 30,
    ...parts,
  };
}

export function aSandbox({
  policy,
  ...parts
}: Partial<Omit<Sandbox, 'policy'>> & { policy?: Partial<Policy> } = {}): Sandbox {
  return {
    name: 'uat',
    title: 'UAT',
    kind: 'sandbox',
    provider: 'model',
    settings: {},
    databases,
    facts: {},
    timeZone: 'Europe/Berlin',
    sources: ['prod'],
    requesters: [JONAS.id, MIRA.id],
    approvers: [MIRA.id],
    administrator: { signIn: 'admin@contoso.example', objectId: 'admin', tenantId: TENANT },
    commands: {},
    packs: ['small'],
    policy: aPolicy(policy),
    ...parts,
  };
}

/** What somebody asks for: a sandbox and a moment, nothing else. */
export function aRequest(parts: Partial<{ target: string; at: string; reason: string; by: Person }> = {}) {
  return { target: 'uat', at: '2026-11-20T12:00:00.500Z', reason: 'Month-end tests', by: JONAS, ...parts };
}

export function aRun(parts: Partial<Run> = {}): Run {
  return {
    runId: 'R-1001',
    state: 'draft',
    version: 1,
    target: 'uat',
    source: 'prod',
    requestedBy: JONAS,
    createdAt: '2026-11-20T12:00:00.000Z',
    updatedAt: '2026-11-20T12:00:00.000Z',
    zone: 'Europe/Berlin',
    isPlanning: false,
    steps: STEP_NAMES.map((name) => ({ name, state: 'waiting', detail: '' })),
    remembered: {},
    targetState: 'old',
    isPreviousRetired: false,
    figures: {},
    checklist: [],
    ...parts,
  };
}
