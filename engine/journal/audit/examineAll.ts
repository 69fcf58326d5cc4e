import type { Run, RunRecord } from '../../contracts.ts';
import type { VerifyingKey } from '../signatures.ts';
import { examineAnchors, examineNumbers, examineTargets, type Anchor } from './examineJournal.ts';
import { examineRun, type RunReport } from './examineRun.ts';
import type { Finding } from './finding.ts';
import type { AuditSource, JournalOverview } from './material.ts';

export interface ExaminedRun extends RunReport {
  readonly run: Run;
  readonly records: readonly RunRecord[];
}

export interface JournalReport {
  /** By number. */
  readonly runs: readonly ExaminedRun[];
  /** All of them, those of single runs as well. */
  readonly findings: readonly Finding[];
}

export interface ExamineAll {
  readonly keys: readonly VerifyingKey[];
  readonly anchors: readonly Anchor[];
  /** Which runs are read; numbers and anchors are looked at in any case, targets only where all of their runs are read. */
  readonly isWanted?: (run: JournalOverview['runs'][number]) => boolean;
}

/** Examines every run, and what holds between them. */
export async function examineAll(
  source: AuditSource,
  { keys, anchors, isWanted = () => true }: ExamineAll,
): Promise<JournalReport> {
  const overview = await source.overview();
  const runs: ExaminedRun[] = [];
  for (const { runId } of overview.runs.filter(isWanted)) {
    const material = await source.material(runId);
    if (!material) continue;
    const report = await examineRun(source, material, keys);
    runs.push({ ...report, run: material.run, records: material.records });
  }
  const skipped = new Set(overview.runs.filter((run) => !isWanted(run)).map(({ target }) => target));
  const targets = overview.targets.filter(({ name }) => !skipped.has(name));
  return {
    runs,
    findings: [
      ...examineNumbers(overview),
      ...runs.flatMap(({ findings }) => findings),
      ...examineTargets({ ...overview, targets }, runs),
      ...(await examineAnchors(source, anchors)),
    ],
  };
}
