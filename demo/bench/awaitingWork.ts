import { systemClock } from '../../engine/clock.ts';
import type { Plan, Run } from '../../engine/contracts.ts';
import { later } from '../../engine/journal/desk.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { JONAS, MIRA, TENANT_ID } from '../people.ts';

/** An approved run with a plan that nobody carries out: what a click leaves behind. */
export async function awaitingWork(journal: Journal): Promise<Run> {
  const jonas = { id: JONAS.aadObjectId, name: JONAS.name, tenantId: TENANT_ID };
  const mira = { id: MIRA.aadObjectId, name: MIRA.name, tenantId: TENANT_ID };
  const expiresAt = later(systemClock.now(), 600_000);
  const { runId } = await journal.draft({ target: 'uat', source: 'prod', requestedBy: jonas, zone: 'UTC', expiresAt });
  const at = systemClock.now();
  await journal.record(runId, { kind: 'choose-moment', at, expiresAt }, { actor: jonas });
  await journal.record(runId, { kind: 'plan-made', at, plan: planOf(at) }, { actor: jonas });
  await journal.record(runId, { kind: 'confirm', digest: 'bench', reason: '', expiresAt }, { actor: jonas });
  return journal.record(runId, { kind: 'approve', digest: 'bench' }, { actor: mira });
}

function planOf(at: string): Plan {
  return {
    binding: {
      source: 'prod',
      target: 'uat',
      sourceIdentity: '',
      targetIdentity: '',
      at: { application: at, financialReporting: at },
      packsHash: '',
      policyHash: '',
    },
    digest: 'bench',
    madeAt: at,
    checks: [],
    chain: [],
    replaced: {},
    cleared: [],
    keptFromTarget: [],
    administrator: '',
    estimate: { kind: 'unknown' },
    keepPreviousMs: 0,
  };
}
