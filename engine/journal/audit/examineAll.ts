import type { Run, RunRecord } from '../../contracts.ts';
import type { VerifyingKey } from '../signatures.ts';
import { scheduleName } from '../schedules/schedules.ts';
import {
  examineAnchors,
  examineNumbers,
  examineScheduleNumbers,
  examineTargets,
  type Anchor,
} from './examineJournal.ts';
import { examineSchedule, isSetUpRecorded, type ScheduleReport } from './examineSchedule.ts';
import { examineRun, type RunReport } from './examineRun.ts';
import type { Finding } from './finding.ts';
import type { AuditSource, JournalOverview } from './material.ts';

export interface ExaminedRun extends RunReport {
  readonly run: Run;
  readonly records: readonly RunRecord[];
}

export interface ExaminedSchedule extends ScheduleReport {
  /** `S-3` */
  readonly name: string;
  readonly target: string;
  readonly state: string;
  readonly records: readonly RunRecord[];
}

export interface JournalReport {
  /** By number. */
  readonly runs: readonly ExaminedRun[];
  /** By number. */
  readonly schedules: readonly ExaminedSchedule[];
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
  const schedules: ExaminedSchedule[] = [];
  for (const number of overview.schedules) {
    const material = await source.schedule(number);
    const name = scheduleName(number);
    const { row: { target, state } = { target: '', state: '' }, records } = material;
    const isOld = !schedules.some(isSetUpRecorded);
    schedules.push({ ...examineSchedule(name, material, { keys, isOld }), name, target, state, records });
  }
  const skipped = new Set(overview.runs.filter((run) => !isWanted(run)).map(({ target }) => target));
  const targets = overview.targets.filter(({ name }) => !skipped.has(name));
  return {
    runs,
    schedules,
    findings: [
      ...examineNumbers(overview),
      ...runs.flatMap(({ findings }) => findings),
      ...examineScheduleNumbers(overview.schedules),
      ...schedules.flatMap(({ findings }) => findings),
      ...examineTargets({ ...overview, targets }, runs),
      ...(await examineAnchors(source, anchors)),
    ],
  };
}
