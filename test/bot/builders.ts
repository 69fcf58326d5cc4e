import type { Journal } from '../../engine/journal/journal.ts';
import type { Installation, Person, Plan, Sandbox, Survey } from '../../engine/contracts.ts';

export const TENANT = '99999999-8888-4777-8666-555555555555';

const person = (n: number, name: string): Person => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  tenantId: TENANT,
  name,
});
/** Asks. */
export const jonas = person(1, 'Jonas Weber');
/** Approves, and may ask as well. */
export const mira = person(2, 'Mira Petrova');
/** Approves. */
export const aiko = person(3, 'Aiko Tanaka');
/** Is nobody. */
export const lars = person(4, 'Lars Nyström');

export const NOW = '2026-11-23T10:00:00.000Z';
export const LATER = '2026-11-24T10:00:00.000Z';

export function aSandbox(changes: Partial<Sandbox> = {}): Sandbox {
  return {
    name: 'uat',
    title: 'UAT',
    kind: 'sandbox',
    provider: 'model',
    settings: {},
    databases: { application: 'AxDB', financialReporting: 'MRDB' },
    facts: {},
    timeZone: 'Europe/Berlin',
    sources: ['prod'],
    requesters: [jonas.id, mira.id],
    approvers: [mira.id, aiko.id],
    administrator: { signIn: 'admin@contoso.example', objectId: 'admin', tenantId: TENANT },
    commands: {},
    packs: ['lcs-2020'],
    policy: {
      cutover: { kind: 'when-ready' },
      cutoverWarningMs: 60_000,
      synchronize: 'beside',
      rollbackOnFailure: 'offered',
      integrityCheck: 'none',
      keepPreviousMs: 3 * 86_400_000,
      keepFailedCopyMs: 3_600_000,
      draftExpiresMs: 1_800_000,
      approvalExpiresMs: 86_400_000,
      forProductionReporting: false,
    },
    ...changes,
  };
}

export function anInstallation(): Installation {
  return {
    people: [jonas, mira, aiko, lars].map(({ id, name }) => ({ id, name, osAccounts: [] })),
    sources: [
      {
        name: 'prod',
        title: 'PROD',
        kind: 'production',
        provider: 'model',
        settings: {},
        databases: { application: 'AxDB', financialReporting: 'MRDB' },
        facts: {},
        timeZone: 'America/Chicago',
        retentionDays: 30,
      },
      // TEST as others are refreshed from it.
      {
        name: 'test',
        title: 'TEST',
        kind: 'sandbox-backups',
        provider: 'model',
        settings: {},
        databases: { application: 'AxDB', financialReporting: 'MRDB' },
        facts: {},
        timeZone: 'Europe/Berlin',
        retentionDays: 30,
      },
    ],
    sandboxes: [aSandbox(), aSandbox({ name: 'test', title: 'TEST', requesters: [mira.id], approvers: [aiko.id] })],
  };
}

export function aSurvey(changes: Partial<Survey> = {}): Survey {
  return {
    source: 'prod',
    measuredAt: '2026-11-23T09:58:00.000Z',
    windows: [
      { from: '2026-10-24T10:00:00.000Z', to: '2026-11-05T01:10:00.000Z' },
      { from: '2026-11-07T03:00:00.000Z', to: '2026-11-23T09:57:12.000Z' },
    ],
    gaps: [{ from: '2026-11-05T01:10:00.000Z', to: '2026-11-07T03:00:00.000Z', reason: 'a log backup is missing' }],
    precisionMs: 1000,
    ...changes,
  };
}

export function aPlan(at: string, changes: Partial<Plan> = {}): Plan {
  return {
    binding: {
      source: 'prod',
      target: 'uat',
      sourceIdentity: 'prod-identity',
      targetIdentity: 'uat-identity',
      at: { application: at, financialReporting: at },
      packsHash: 'packs',
      policyHash: 'policy',
    },
    digest: `digest of ${at}`,
    madeAt: NOW,
    checks: [
      {
        name: 'same-release',
        title: 'Same application release',
        outcome: 'passed',
        basis: 'measured',
        detail: '10.0.45',
        remedy: '',
      },
    ],
    chain: ['full backup of 20 November'],
    replaced: { sizeBytes: 4_000_000_000 },
    cleared: [{ title: 'E-mail addresses', tables: ['LogisticsElectronicAddress'], reason: 'the seed' }],
    keptFromTarget: [],
    administrator: 'admin@contoso.example',
    estimate: { kind: 'unknown' },
    keepPreviousMs: 3 * 86_400_000,
    ...changes,
  };
}

/** As if the bot had died between sending the run's own card and remembering it. */
export async function forgetCard(journal: Journal, runId: string): Promise<void> {
  for (const { id, kind } of await journal.cards(runId)) if (kind === 'run') await journal.forgetMessage(id);
}
