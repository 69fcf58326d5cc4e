import type { Figures, Person, Plan, ReportHead, Run, RunRecord } from '../../contracts.ts';
import { canonicalJson, digestOf } from '../canonicalJson.ts';
import { TRANSITIONS, type RunEvent } from '../events.ts';
import type { Finding } from './finding.ts';
import type { RunMaterial } from './material.ts';

/** Whether what cards and workers read of a run is what its records have made of it. */
export function examineDocument({ run, row, records }: RunMaterial): readonly Finding[] {
  const { runId } = run;
  const altered = (text: string): Finding => ({ kind: 'document-altered', runId, text });
  const findings: Finding[] = columnsThatDiffer(run, row).map((name) =>
    altered(`the column ${name} says something else than the run’s document`),
  );
  const last = records.at(-1);
  if (!last) return [...findings, altered('it has no record')];
  const bound = last.evidence?.document;
  if (bound !== undefined && bound === digestOf(run)) return findings;
  const differing = membersThatDiffer(run, records);
  if (differing.length > 0)
    findings.push(altered(`its document says something else than its records: ${differing.join(', ')}`));
  else if (bound !== undefined) findings.push(altered(`its document is not what record ${String(last.seq)} has left`));
  return findings;
}

function columnsThatDiffer(run: Run, row: RunMaterial['row']): readonly string[] {
  const pairs = [
    ['number', `R-${String(row.number)}`, run.runId],
    ['target', row.target, run.target],
    ['state', row.state, run.state],
    ['version', row.version, run.version],
    ['expires_at', row.expiresAt, run.expiresAt],
  ] as const;
  return pairs.filter(([, stored, said]) => stored !== said).map(([name]) => name);
}

/** Members that follow from the records alone. Where a record binds the whole document, they only say where it differs. */
function membersThatDiffer(run: Run, records: readonly RunRecord[]): readonly string[] {
  const told = tell(records);
  const person = (one: Person | undefined) => one?.id;
  const pairs = [
    ['state', told.state, run.state],
    ['target', told.target, run.target],
    ['source', told.source, run.source],
    ['requestedBy', told.shapedBy.has(run.requestedBy.id), true],
    ['at', told.at, run.at],
    ['plan', told.plan, run.plan],
    ['plan.digest', run.plan && digestOf(run.plan.binding), run.plan?.digest],
    ['reason', told.reason, run.reason],
    ['approval', told.approval, run.approval && approvalOf(run.approval)],
    ['firstApproval', told.firstApproval, run.firstApproval && approvalOf(run.firstApproval)],
    ['acknowledged', told.acknowledgedBy, person(run.acknowledged?.by)],
    ['isUrgent', told.isUrgent, run.isUrgent],
    ['ending', told.endedBy, person(run.ending?.by)],
    ['signedOffBy', told.signedOffBy, person(run.signedOffBy)],
    ['acceptedBy', told.acceptedBy, person(run.acceptedBy)],
    ['rollback', told.rolledBackBy, person(run.rollback?.by)],
    ['targetState', told.targetState, run.targetState],
    ['figures', told.figures, run.figures],
    ['report', told.report, run.report],
  ] as const;
  return pairs
    .filter(([, fromRecords, said]) => canonicalJson(fromRecords) !== canonicalJson(said))
    .map(([name]) => name);
}

const approvalOf = ({ by, digest, comment }: ApprovalSaid) => ({ by: by.id, digest, ...(comment ? { comment } : {}) });
interface ApprovalSaid {
  readonly by: { readonly id: string };
  readonly digest: string;
  readonly comment?: string;
}

interface Told {
  state: string;
  target?: string;
  source?: string;
  readonly shapedBy: Set<string>;
  at?: string;
  plan?: Plan;
  reason?: string;
  approval?: ReturnType<typeof approvalOf>;
  firstApproval?: ReturnType<typeof approvalOf>;
  acknowledgedBy?: string;
  isUrgent?: unknown;
  endedBy?: string;
  stoppedBy?: string;
  signedOffBy?: string;
  acceptedBy?: string;
  rolledBackBy?: string;
  targetState: string;
  figures: Figures;
  report?: ReportHead;
}

function tell(records: readonly RunRecord[]): Told {
  const told: Told = { state: 'draft', targetState: 'old', figures: {}, shapedBy: new Set() };
  for (const { event, data, actor } of records) {
    // The data was written by this version or an earlier one, as the event that it is called by.
    const { kind, ...content } = { ...(data as object), kind: event } as
      RunEvent | { kind: 'draft'; target: string; source: string };
    if (kind in TRANSITIONS) {
      const rule = TRANSITIONS[kind as RunEvent['kind']];
      if ('to' in rule) told.state = rule.to;
    }
    Object.assign(told, 'figures' in content ? { figures: { ...told.figures, ...content.figures } } : {});
    apply(told, { kind, ...content } as RunEvent, actor.id);
    if (kind === 'draft' || kind === 'confirm') told.shapedBy.add(actor.id);
    if (kind === 'draft') {
      const names = ['target', 'source', 'isUrgent', 'reason'] as const;
      const [target, source, isUrgent, reason] = names.map((name) => member(content, name));
      Object.assign(told, { target, source, isUrgent, ...(reason === undefined ? {} : { reason }) });
    }
  }
  return told;
}

const member = (content: object, name: string): unknown => new Map(Object.entries(content)).get(name);

function apply(told: Told, event: RunEvent, by: string): void {
  switch (event.kind) {
    case 'choose-moment':
      told.at = event.at;
      delete told.plan;
      return;
    case 'plan-made':
      told.plan = event.plan;
      return;
    case 'plan-refused':
      delete told.plan;
      return;
    case 'confirm':
      told.reason = event.reason;
      return;
    case 'approve':
      told.approval = approvalOf({ ...event, by: { id: by } });
      return;
    case 'approve-first':
      told.firstApproval = approvalOf({ ...event, by: { id: by } });
      return;
    case 'acknowledge':
      told.acknowledgedBy = by;
      return;
    case 'halt':
    case 'keep':
    case 'expire':
    case 'skip':
    case 'reject':
      told.endedBy = by;
      return;
    case 'stop':
      told.stoppedBy ??= by;
      return;
    case 'report-made':
      told.report = event.report;
      return;
    case 'retry':
      delete told.stoppedBy;
      if (told.targetState === 'old') delete told.report;
      return;
    case 'stopped':
      told.endedBy = told.stoppedBy ?? by;
      return;
    case 'closed':
    case 'swapped':
      told.targetState = 'closed';
      return;
    case 'complete':
      told.targetState = 'new';
      return;
    case 'fail':
    case 'rollback-failed':
      told.targetState = event.targetState;
      return;
    case 'roll-back':
      told.rolledBackBy = by;
      return;
    case 'rolled-back':
      told.targetState = 'old';
      return;
    case 'accept':
      told.acceptedBy = by;
      return;
    case 'sign-off':
      told.signedOffBy = by;
      return;
    default:
  }
}
