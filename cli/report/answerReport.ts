import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reportPage } from '../../engine/reports/reportPage.ts';
import { openReport } from '../../engine/reports/openReport.ts';
import { describeVerdict, reportText } from '../../engine/reports/reportText.ts';
import { examineReport, type ReportVerdict } from '../../engine/reports/signedReport.ts';
import { shownText } from '../../engine/shownText.ts';
import { notReadable } from '../../env/problems.ts';
import { readReportKeys, type ReportKeys } from '../../env/settings.ts';
import { readVariables } from '../../env/variables.ts';
import type { CommandIo } from '../command.ts';
import { openCommandContext } from '../commandContext.ts';
import { NoReportError } from '../errors.ts';
import { findRun } from '../runCommand.ts';

interface Written {
  readonly html?: string | undefined;
  readonly out?: string | undefined;
}

/** @returns the exit code: 0 unless the report is not as it was made */
export async function answerReport(typed: string, { html, out }: Written, io: CommandIo): Promise<number> {
  await using context = await openCommandContext();
  const run = await findRun(context, typed);
  const keys = readReportKeys(readVariables());
  const opened = await openReport(context.journal, run, keys);
  if (opened === undefined) throw new NoReportError(run);
  const { verdict, text } = opened;
  const said = describeVerdict(verdict, namesOf(keys));
  if (out !== undefined) write(io, out, text, `The signed file of ${run.runId}`);
  if (!isShown(verdict)) {
    io.out(`The report of ${run.runId} is ${said}.`);
    return 1;
  }
  const { report } = verdict;
  if (html !== undefined) write(io, html, reportPage(report, said).html, `The page of ${run.runId}`);
  if (html === undefined && out === undefined) io.out(reportText(report, said));
  return 0;
}

/** @returns the exit code: 0 signed, unaltered and of the run that was asked for, 1 anything else */
export function answerVerify(
  file: string,
  { run, keys: given }: { readonly run?: string | undefined; readonly keys?: string | undefined },
  io: CommandIo,
): number {
  const variables = readVariables();
  const keys = readReportKeys(given === undefined ? variables : { REWIND_REPORT_KEYS: given });
  const path = resolve(io.cwd, file);
  const verdict = examineReport(read(path), keys, run?.toUpperCase());
  const about = 'report' in verdict ? `report of ${verdict.report.run}, made at ${verdict.report.madeAt},` : 'file';
  io.out(shownText(`The ${about} is ${describeVerdict(verdict, namesOf(keys))}.`));
  return verdict.kind === 'valid' ? 0 : 1;
}

const namesOf = (keys: ReportKeys): readonly string[] => keys.map(({ id }) => id);

const isShown = (verdict: ReportVerdict): verdict is Extract<ReportVerdict, { report: unknown }> =>
  'report' in verdict && verdict.kind !== 'other-run';

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw notReadable(path, error);
  }
}

function write({ cwd, out }: CommandIo, file: string, text: string, what: string): void {
  const path = resolve(cwd, file);
  writeFileSync(path, text);
  out(`${what} is in ${path}`);
}
