import {
  REWIND,
  type ProfileLine,
  type ReportHead,
  type Run,
  type RunRecord,
  type RuleCount,
  type StepName,
} from '../contracts.ts';
import { openFindings } from '../proofs/exceptions.ts';
import { believedExceptions } from './exceptions/believed.ts';
import { occasionOf } from './exceptions/judge.ts';
import { RunNotFoundError } from '../journal/errors.ts';
import type { Lease } from '../journal/journal.ts';
import { pairOf, type EngineParts } from '../parts.ts';
import { believedKeys } from '../reports/believedKeys.ts';
import { ReportMissingError, ReportNotSignedError } from '../reports/errors.ts';
import { makeReport, type Verdict } from '../reports/makeReport.ts';
import type { Report } from '../reports/report.ts';
import { openReport } from '../reports/openReport.ts';
import { signReport } from '../reports/signedReport.ts';
import { leftOutPacks } from '../sanitization/pack/leftOutPacks.ts';

export interface Found {
  readonly verdicts: readonly (Verdict & { readonly passed: boolean })[];
  readonly kept: readonly RuleCount[];
  readonly profile?: readonly ProfileLine[];
}

/**
 * The report of what was proved of the copy of a run: made, signed, kept, and bound by a record. Safe to repeat: the newest counts.
 * @throws ReportMissingError when something was not proved, ReportNotSignedError
 */
export async function makeRunReport(
  parts: EngineParts,
  runId: string,
  { verdicts, kept, profile }: Found,
  lease: Lease,
): Promise<ReportHead> {
  const { journal, reportKey, clock } = parts;
  if (reportKey === undefined && parts.installation.signedReportsOnly === true) throw new ReportNotSignedError(runId);
  const found = await findRun(parts, runId);
  const run = found.exceptions ? { ...found, exceptions: await believedExceptions(parts, found) } : found;
  if (!isProved(parts, run) || verdicts.some(({ passed }) => !passed))
    throw new ReportMissingError(runId, 'would say that something was not proved');
  const { target } = pairOf(parts, run.target, run.source);
  const packs = parts.packs(target.packs);
  const made = makeReport({
    ...{ run, packs, verdicts },
    records: await journal.records(runId),
    withoutPacks: leftOutPacks(target, packs),
    kept: kept.map(({ ruleId, table, rows, left }) => ({
      ruleId,
      table,
      rows,
      ...(left === undefined ? {} : { left }),
    })),
    now: clock.now(),
    ...(profile === undefined ? {} : { profile }),
    ...(reportKey === undefined ? {} : { key: reportKey.id }),
  });
  const { text, head } = signReport(made, reportKey);
  await journal.keepReport(runId, { sha256: head.sha256, text });
  await journal.record(runId, { kind: 'report-made', report: head }, { actor: REWIND, lease });
  return head;
}

/**
 * Looked at before anybody goes offline, and once more before the databases change places: whoever can write the journal can
 * write that there is a report, and cannot sign one.
 * @throws ReportMissingError
 */
export async function checkRunReport(parts: EngineParts, runId: string): Promise<void> {
  const run = await findRun(parts, runId);
  const refuse = (why: string): never => {
    throw new ReportMissingError(runId, why);
  };
  const head = run.report ?? refuse('is not there');
  const keys = believedKeys(parts);
  const { verdict } = (await openReport(parts.journal, { runId, report: head }, keys)) ?? refuse('is not there');
  switch (verdict.kind) {
    case 'valid':
    case 'unsigned':
    case 'unknown-key':
      break;
    case 'other-run':
      return refuse('is about another run');
    default:
      return refuse('is not as it was made');
  }
  const { report } = verdict;
  if (report.plan.digest !== run.plan?.digest) refuse('is about another plan');
  if (!isOfThisAttempt(report, await parts.journal.records(runId))) refuse('is of another attempt');
  if (verdict.kind !== 'valid' && keys.length > 0)
    refuse(verdict.kind === 'unsigned' ? 'is not signed' : `is signed with ${verdict.key}, which is not known here`);
  if (verdict.kind === 'unsigned' && parts.installation.signedReportsOnly === true) refuse('is not signed');
}

/** No proof that was recorded has found what nobody accepts, and those of the step that ends with the report are among them. */
function isProved(parts: EngineParts, run: Run): boolean {
  const open = openFindings(run.proofs, run.exceptions, occasionOf(parts, run));
  return open.length === 0 && (run.proofs ?? []).some(({ step }) => step === PROVING);
}

/** It says itself behind which record it was made: the copy is proved anew whenever the step that proves begins. */
function isOfThisAttempt({ chain }: Report, records: readonly RunRecord[]): boolean {
  const begun = records.findLastIndex(({ event, data }) => event === 'step-started' && stepOf(data) === PROVING);
  return begun >= 0 && chain.records > begun && records[chain.records - 1]?.hash === chain.head;
}

const PROVING: StepName = 'apply-target-settings';

const stepOf = (data: unknown): unknown => new Map(Object.entries({ ...(data as object) })).get('step');

async function findRun({ journal }: EngineParts, runId: string): Promise<Run> {
  const run = await journal.run(runId);
  if (!run) throw new RunNotFoundError(runId);
  return run;
}
