import { counted } from '../../engine/counted.ts';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { examineAll, type JournalReport } from '../../engine/journal/audit/examineAll.ts';
import { examineAnchors, examineNumbers, type Anchor } from '../../engine/journal/audit/examineJournal.ts';
import { examineRun } from '../../engine/journal/audit/examineRun.ts';
import { examineOneSchedule } from '../../engine/journal/audit/examineSchedule.ts';
import type { Finding } from '../../engine/journal/audit/finding.ts';
import { readHeads } from '../../engine/journal/audit/headFile.ts';
import { RunNotFoundError } from '../../engine/journal/errors.ts';
import { ScheduleNotFoundError } from '../../engine/journal/schedules/errors.ts';
import { shownJson, shownText } from '../../engine/shownText.ts';
import { bundleOf } from './bundle.ts';
import { COVERAGE } from './coverage.ts';
import { toCsv } from './csv.ts';
import { describeRecord } from './describeRecord.ts';
import type { CommandIo } from '../command.ts';
import { type CommandContext, openCommandContext } from '../commandContext.ts';

interface Options {
  readonly json: boolean;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly target?: string | undefined;
  readonly csv?: string | undefined;
  readonly bundle?: string | undefined;
}

/** @returns the exit code: 0 intact, 1 not */
export async function answerAudit(runId: string | undefined, options: Options, io: CommandIo): Promise<number> {
  await using context = await openCommandContext();
  const kept = await keptHeads(context.auditFile);
  const schedule = /^s-(\d{1,6})$/i.exec(runId ?? '')?.[1];
  if (schedule !== undefined) return await auditSchedule(context, Number(schedule), options, io);
  const done = runId === undefined ? auditAll(context, kept, options, io) : auditRun(context, kept, runId, options, io);
  return await done;
}

interface KeptHeads {
  readonly anchors: readonly Anchor[];
  /** Whether there was anything to compare with. */
  readonly said: string;
}

async function keptHeads(file: string | undefined): Promise<KeptHeads> {
  if (file === undefined)
    return { anchors: [], said: 'Compared with no head kept elsewhere: REWIND_AUDIT_FILE is not set' };
  const heads = await readHeads(file);
  if (!heads) return { anchors: [], said: `Compared with no head kept elsewhere: ${file} is not there` };
  return { anchors: heads, said: `Compared with the heads in ${file}: ${String(heads.length)}` };
}

async function auditRun(
  { journal, verifyingKeys }: CommandContext,
  { anchors, said }: KeptHeads,
  typed: string,
  { json, bundle }: Options,
  io: CommandIo,
): Promise<number> {
  const runId = typed.toUpperCase();
  const missing = examineNumbers(await journal.audit.overview()).filter((finding) => finding.runId === runId);
  const material = await journal.audit.material(runId);
  if (!material) {
    if (missing.length === 0) throw new RunNotFoundError(runId);
    tell(missing, [], io);
    return 1;
  }
  const report = await examineRun(journal.audit, material, verifyingKeys);
  const own = anchors.filter((anchor) => anchor.runId === runId);
  const findings = [...report.findings, ...(await examineAnchors(journal.audit, own))];
  const { records } = material;
  const { notes, head } = report;
  if (bundle !== undefined) {
    const file = resolve(io.cwd, bundle);
    writeFileSync(file, bundleOf(material, { ...report, findings }, verifyingKeys));
    io.out(`The evidence of ${runId} is in ${file}`);
  }
  if (json) io.out(shownJson({ intact: findings.length === 0, findings, notes, head, coverage: COVERAGE, records }));
  else {
    for (const record of records) io.out(describeRecord(record));
    if (findings.length === 0) io.out(`Intact: ${counted(records.length, 'record')}, head ${shownText(head)}`);
    tell(findings, [...notes, said], io);
    io.out(COVERAGE);
  }
  return findings.length === 0 ? 0 : 1;
}

/** What people decided about one schedule; its runs are audited by their own numbers. */
async function auditSchedule(
  { journal, verifyingKeys }: CommandContext,
  number: number,
  { json }: Options,
  io: CommandIo,
): Promise<number> {
  const { material, findings, notes, head } = await examineOneSchedule(journal.audit, number, verifyingKeys);
  const { schedule, records } = material;
  if (!schedule && records.length === 0) throw new ScheduleNotFoundError(number);
  if (json) io.out(shownJson({ intact: findings.length === 0, findings, notes, head, coverage: COVERAGE, records }));
  else {
    for (const record of records) io.out(describeRecord(record));
    if (findings.length === 0) io.out(`Intact: ${String(records.length)} records, head ${shownText(head)}`);
    tell(findings, notes, io);
    io.out(COVERAGE);
  }
  return findings.length === 0 ? 0 : 1;
}

async function auditAll(
  { journal, verifyingKeys }: CommandContext,
  { anchors, said }: KeptHeads,
  { json, csv, since = '', until, target }: Options,
  io: CommandIo,
): Promise<number> {
  // A day counts to its end.
  const end = until === undefined ? '~' : `${until}~`;
  const report = await examineAll(journal.audit, {
    keys: verifyingKeys,
    anchors,
    isWanted: (run) =>
      run.createdAt >= since && run.createdAt <= end && (target === undefined || run.target === target),
  });
  if (csv !== undefined) {
    const file = join(resolve(io.cwd, csv));
    writeFileSync(file, toCsv(report.runs));
    io.out(`${count(report)} in ${file}`);
  }
  const isIntact = report.findings.length === 0;
  if (json) io.out(shownJson({ intact: isIntact, ...report, coverage: COVERAGE }));
  else {
    for (const { run, records, findings, head } of report.runs)
      io.out(
        `${findings.length === 0 ? 'Intact    ' : 'NOT intact'}  ${shownText(run.runId)}  ${shownText(run.target, 10)} ${shownText(run.state, 20)} ${String(records.length).padStart(4)} records  head ${shownText(head)}`,
      );
    for (const { name, target: of, state, records, findings, head } of report.schedules)
      if (target === undefined || of === target)
        io.out(
          `${findings.length === 0 ? 'Intact    ' : 'NOT intact'}  ${shownText(name, 6)}  ${shownText(of, 10)} ${shownText(state, 20)} ${String(records.length).padStart(4)} records  head ${shownText(head)}`,
        );
    io.out(isIntact ? `Intact: ${count(report)}` : `NOT intact: ${count(report)}`);
    tell(report.findings, [said], io);
    io.out(COVERAGE);
  }
  return isIntact ? 0 : 1;
}

const count = ({ runs }: JournalReport): string =>
  `${counted(runs.length, 'run')}, ${counted(
    runs.reduce((sum, { records }) => sum + records.length, 0),
    'record',
  )}`;

function tell(findings: readonly Finding[], notes: readonly string[], io: CommandIo): void {
  for (const { kind, runId, text } of findings)
    io.out(`NOT intact: ${shownText(runId ?? 'the journal')}: ${shownText(text)} (${kind})`);
  for (const note of notes) io.out(shownText(note));
}
