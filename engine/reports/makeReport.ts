import type {
  CoverageProof,
  DatabaseRole,
  Instant,
  LeftOut,
  ProfileLine,
  Run,
  RuleCount,
  RunRecord,
} from '../contracts.ts';
import { hasExceptions } from '../contracts/mayBeDone/index.ts';
import { misfitsOfCopy, triedOnCopy } from '../customizations/rememberedMisfits.ts';
import { digestOf } from '../journal/canonicalJson.ts';
import { hashPacks } from '../sanitization/pack/hashPacks.ts';
import { rulesOf, type RulePack } from '../sanitization/pack/rulePack.ts';
import { limitsOf } from './limits.ts';
import { REPORT_FORMAT, type Report, type ReportedRule } from './report.ts';

/** What a post-condition has said of one rule and one table. */
export interface Verdict {
  readonly ruleId: string;
  readonly database: DatabaseRole;
  readonly table: string;
  readonly offendingRows: number;
  readonly skipped?: string;
}

export interface ReportMaterial {
  /** With its plan, and with what its steps have proved. */
  readonly run: Run;
  readonly records: readonly RunRecord[];
  readonly packs: readonly RulePack[];
  readonly withoutPacks: readonly LeftOut[];
  /** Of the last proof. */
  readonly verdicts: readonly Verdict[];
  /** What the profile has brought back; absent where the sandbox has none. */
  readonly profile?: readonly ProfileLine[];
  /** What was kept from the sandbox. */
  readonly kept: readonly RuleCount[];
  readonly now: Instant;
  /** Name of the key with which it will be signed. */
  readonly key?: string;
}

/** Puts together what the run's records and its last proof say. Reads nothing, and keeps no name of a person. */
export function makeReport(material: ReportMaterial): Report {
  const { run, records, packs, withoutPacks, profile, now, key } = material;
  const { plan } = run;
  if (plan === undefined) throw new TypeError(`${run.runId} has no plan`);
  const { binding } = plan;
  const proofs = (run.proofs ?? []).flatMap(({ step, at, proofs: made }) =>
    made.map(({ notSearched, findings, coverage, ...proof }) => ({
      ...{ step, at, ...proof },
      ...{ notSearched: [...notSearched], findings: [...findings] },
      ...(coverage === undefined ? {} : { coverage: coverageOf(coverage) }),
    })),
  );
  const rules = rulesFrom(material);
  return {
    format: REPORT_FORMAT,
    run: run.runId,
    madeAt: now,
    ...(key === undefined ? {} : { key }),
    source: { name: binding.source, identity: binding.sourceIdentity },
    target: { name: binding.target, identity: binding.targetIdentity },
    recoveryPoint: binding.at,
    plan: { digest: plan.digest, packsHash: binding.packsHash },
    chain: { records: records.length, head: records.at(-1)?.hash ?? '' },
    decisions: decisionsOf(records),
    ...(run.isUrgent ? { isUrgent: true as const } : {}),
    ...(binding.approvals === 0 && !run.approval ? { approvalWaivedFor: binding.cleanReport?.runId ?? '' } : {}),
    packs: packs.map((pack) => ({ name: pack.name, hash: hashPacks([pack]), rules: rulesOf([pack]).length })),
    withoutPacks: withoutPacks.map(({ pack, reason, owner, until }) => ({ pack, reason, owner, until })),
    ...exceptionsOf(run),
    ...customizationsOf(run),
    ...(profile === undefined ? {} : { profile: profile.map((line) => ({ ...line })) }),
    rules,
    proofs,
    limits: [...limitsOf({ withoutPacks, proofs, rules, hasExceptions: hasExceptions(run) }, key !== undefined)],
  };
}

const coverageOf = ({ suspicious, ...counts }: CoverageProof): NonNullable<Report['proofs'][number]['coverage']> => ({
  ...counts,
  suspicious: suspicious.map((column) => ({ ...column, looksLike: [...column.looksLike] })),
});

function exceptionsOf({ exceptions = [] }: Run): Pick<Report, 'exceptions'> {
  if (exceptions.length === 0) return {};
  return {
    exceptions: exceptions.map(({ by, reason, until, at, runId, findings }) => ({
      ...{ by: by.name, reason, until, at, run: runId },
      findings: findings.map((finding) => ({ ...finding })),
    })),
  };
}

function customizationsOf(run: Run): Pick<Report, 'customizations'> {
  const tried = triedOnCopy(run);
  if (tried === undefined) return {};
  const misfits = misfitsOfCopy(run) ?? [];
  return {
    customizations: { ...tried, misfits: misfits.map((each) => ({ ...each, columns: [...each.columns] })) },
  };
}

/** The first of two approvals is one. */
const DECISIONS = [
  ['confirm', 'confirm'],
  ['approve-first', 'approve'],
  ['approve', 'approve'],
] as const;

function decisionsOf(records: readonly RunRecord[]): Report['decisions'] {
  return DECISIONS.flatMap(([event, decision]) => {
    const record = records.findLast((one) => one.event === event);
    if (record === undefined) return [];
    const { at, seq, actor, evidence } = record;
    return [
      {
        ...{ decision, at, record: seq },
        role: decision === 'confirm' ? ('requester' as const) : ('approver' as const),
        way: actor.way?.kind ?? ('unknown' as const),
        ...(evidence?.signature ? { signedBy: evidence.signature.key } : {}),
      },
    ];
  });
}

function rulesFrom({ records, packs, verdicts, kept }: ReportMaterial): ReportedRule[] {
  const packOf = new Map(packs.flatMap((pack) => rulesOf([pack]).map(({ id }) => [id, pack.name])));
  const keyOf = ({ ruleId, table }: Pick<Verdict, 'ruleId' | 'table'>) => digestOf([ruleId, table]);
  const changed = new Map(countsIn(records).map((count) => [keyOf(count), count]));
  const keptRows = new Map(kept.map((count) => [keyOf(count), count]));
  return verdicts.map((verdict) => {
    const { ruleId, database, table, offendingRows, skipped } = verdict;
    const fromTarget = keptRows.get(keyOf(verdict));
    const count = fromTarget ?? changed.get(keyOf(verdict));
    return {
      ...{ rule: ruleId, pack: packOf.get(ruleId) ?? '', database, table, offendingRows },
      ...(count === undefined || skipped !== undefined ? {} : { rows: count.rows }),
      ...(count?.isEstimate ? { isEstimate: true as const } : {}),
      ...(fromTarget === undefined ? {} : { keptFromTarget: true as const }),
      ...(fromTarget?.left === undefined ? {} : { left: fromTarget.left }),
      ...(skipped === undefined ? {} : { skipped }),
    };
  });
}

/** As the step that sanitized has recorded them; nothing of a worker of before they were. */
function countsIn(records: readonly RunRecord[]): readonly RuleCount[] {
  const done = records.findLast(({ event, data }) => event === 'step-done' && member(data, 'step') === 'sanitize');
  const rules = member(done?.data, 'rules');
  // Written by that step, as RuleCount.
  return Array.isArray(rules) ? (rules as readonly RuleCount[]) : [];
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
