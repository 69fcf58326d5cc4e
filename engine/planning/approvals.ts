import { DEFAULT_PACKS, URGENT_DELAY_MS, type NotClean, type PlanBinding, type Run } from '../contracts.ts';
import { presentRefresh } from '../journal/presentRefresh.ts';
import type { EngineParts, Pair } from '../parts.ts';
import { believedKeys } from '../reports/believedKeys.ts';
import { openReport } from '../reports/openReport.ts';
import type { Report } from '../reports/report.ts';
import { hashPacks } from '../sanitization/pack/hashPacks.ts';

const PERSONAL_DATA = DEFAULT_PACKS[2] ?? 'personal-data';

/** How many approve a plan: part of what it binds, and why somebody does where the policy would let nobody. */
export interface ApprovalsOfPlan {
  readonly bound: Pick<PlanBinding, 'approvals' | 'cleanReport' | 'urgentDelayMs'>;
  readonly notClean?: NotClean;
}

export async function approvalsFor(parts: EngineParts, pair: Pair, { isUrgent }: Run): Promise<ApprovalsOfPlan> {
  const { policy, name } = pair.target;
  if (isUrgent) return { bound: { urgentDelayMs: policy.urgentDelayMs ?? URGENT_DELAY_MS } };
  if (policy.approvals === 'two') return { bound: { approvals: 2 } };
  if (policy.approvals !== 'none') return { bound: {} };
  const last = await presentRefresh(parts.journal, name);
  const notClean = last ? await whyNotClean(parts, pair, last) : 'no-report';
  if (notClean) return { bound: {}, notClean };
  const sha256 = last?.report?.sha256 ?? '';
  return { bound: { approvals: 0, cleanReport: { runId: last?.runId ?? '', sha256 } } };
}

/**
 * What was approved, as long as the file still says so: the journal may have been written by somebody else, so the report is
 * opened anew. Another number of approvals is another plan.
 */
export async function approvalsStillBound(
  parts: EngineParts,
  pair: Pair,
  { isUrgent, plan }: Pick<Run, 'isUrgent' | 'plan'>,
): Promise<boolean> {
  const { policy } = pair.target;
  const { approvals, cleanReport, urgentDelayMs } = plan?.binding ?? {};
  if (isUrgent || urgentDelayMs !== undefined)
    return isUrgent === true && urgentDelayMs === (policy.urgentDelayMs ?? URGENT_DELAY_MS);
  if (policy.approvals === 'two') return approvals === 2;
  if (approvals === undefined) return true;
  const last = cleanReport && (await parts.journal.run(cleanReport.runId));
  const isSame = last?.target === pair.target.name && last.report?.sha256 === cleanReport?.sha256;
  return (
    policy.approvals === 'none' && approvals === 0 && isSame && (await whyNotClean(parts, pair, last)) === undefined
  );
}

/**
 * Clean is a report that a key believed here has signed, of a run with the packs of today, `personal-data` among them, whose
 * rules all hold, and whose search for values of production has looked at every row and found none.
 */
export async function whyNotClean(
  parts: EngineParts,
  { target }: Pick<Pair, 'target'>,
  run: Run,
): Promise<NotClean | undefined> {
  if (!target.packs.includes(PERSONAL_DATA)) return 'no-personal-data';
  const packs = parts.packs(target.packs);
  const opened = await openReport(parts.journal, run, believedKeys(parts));
  if (!opened) return 'no-report';
  if (opened.verdict.kind !== 'valid') return 'not-signed';
  const { report } = opened.verdict;
  if (report.target.name !== target.name) return 'no-report';
  return notCleanIn(report) ?? (report.plan.packsHash === hashPacks(packs) ? undefined : 'packs-changed');
}

/** Of the report alone. */
export function notCleanIn({ packs, proofs, rules }: Report): NotClean | undefined {
  if (!packs.some(({ name }) => name === PERSONAL_DATA)) return 'no-personal-data';
  if (proofs.some(({ findings }) => findings.length > 0) || rules.some(({ offendingRows }) => offendingRows > 0))
    return 'findings';
  if (!proofs.some(({ name, searched }) => name === 'search' && searched.values > 0)) return 'not-searched';
  return proofs.some(({ sampled }) => sampled) ? 'sampled' : undefined;
}
