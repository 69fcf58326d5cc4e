import { digestOf } from '../canonicalJson.ts';
import { decidedOf } from '../schedules/schedules.ts';
import type { VerifyingKey } from '../signatures.ts';
import { examineChain } from './examineChain.ts';
import { unsignedIn } from './examineRun.ts';
import type { Finding } from './finding.ts';
import type { ScheduleMaterial } from './material.ts';

export interface ScheduleReport {
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  readonly head: string;
}

/** Whether what people decided about a schedule is what stands there. One of before there were records has none, and is as it is. */
export function examineSchedule(
  name: string,
  { schedule, row, records }: ScheduleMaterial,
  keys: readonly VerifyingKey[],
): ScheduleReport {
  const altered = (text: string): Finding => ({ kind: 'document-altered', runId: name, text });
  const findings: Finding[] = [];
  if (!schedule)
    findings.push({ kind: 'run-missing', runId: name, text: 'its number was given, and the schedule is missing' });
  else {
    const version = schedule.decisions ?? 0;
    findings.push(...examineChain({ run: { runId: name, version }, records }, keys));
    if (row?.state !== schedule.state || row.target !== schedule.target)
      findings.push(altered('its columns and its document differ'));
    const bound = records.at(-1)?.evidence?.document;
    if (bound !== undefined && bound !== digestOf(decidedOf(schedule)))
      findings.push(altered('it is not what its last record left'));
  }
  return { findings, notes: unsignedIn(records, keys), head: records.at(-1)?.hash ?? '' };
}
