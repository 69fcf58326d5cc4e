import type { Sandbox, Source } from '../../../engine/contracts.ts';

const databases = { application: 'axdb', financialReporting: 'mrdb' };

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

export function aSandbox(parts: Partial<Sandbox> = {}): Sandbox {
  return {
    name: 'uat',
    title: 'UAT',
    kind: 'sandbox',
    provider: 'model',
    settings: {},
    databases,
    facts: {},
    timeZone: 'UTC',
    sources: ['prod'],
    requesters: [],
    approvers: [],
    administrator: { signIn: 'admin@contoso.com', objectId: 'a', tenantId: 't' },
    commands: {},
    packs: [],
    policy: {
      cutover: { kind: 'when-ready' },
      cutoverWarningMs: 0,
      synchronize: 'never',
      rollbackOnFailure: 'offered',
      integrityCheck: 'none',
      keepPreviousMs: 1000,
      keepFailedCopyMs: 1000,
      draftExpiresMs: 1000,
      approvalExpiresMs: 1000,
      forProductionReporting: false,
    },
    ...parts,
  };
}
