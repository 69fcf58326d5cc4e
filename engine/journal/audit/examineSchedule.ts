import { digestOf } from '../canonicalJson.ts';
import { decidedOf, SCHEDULE_SET_UP, scheduleName } from '../schedules/schedules.ts';
import type { VerifyingKey } from '../signatures.ts';
import { examineChain } from './examineChain.ts';
import { unsignedIn } from './examineRun.ts';
import type { Finding } from './finding.ts';
import type { AuditSource, ScheduleMaterial } from './material.ts';

export interface ScheduleReport {
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  readonly head: string;
}

/** The same of one by its number, with a look at those before it. */
export async function examineOneSchedule(
  source: AuditSource,
  number: number,
  keys: readonly VerifyingKey[],
): Promise<ScheduleReport & { readonly material: ScheduleMaterial }> {
  let isOld = true;
  for (let before = 1; before < number && isOld; before += 1) isOld = !isSetUpRecorded(await source.schedule(before));
  const material = await source.schedule(number);
  return { ...examineSchedule(scheduleName(number), material, { keys, isOld }), material };
}

/** How the records of every schedule begin that was set up since there are such records. */
export const isSetUpRecorded = ({ records }: Pick<ScheduleMaterial, 'records'>): boolean =>
  records[0]?.event === SCHEDULE_SET_UP;

/**
 * Whether what people decided about a schedule is what stands there. One of before there were records has none, and is as it is;
 * `isOld`: no schedule before it has records either.
 */
export function examineSchedule(
  name: string,
  { schedule, row, records }: ScheduleMaterial,
  { keys, isOld }: { readonly keys: readonly VerifyingKey[]; readonly isOld: boolean },
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
    if (!isOld && !isSetUpRecorded({ records }))
      findings.push({ kind: 'record-missing', runId: name, text: 'the record of who set it up is missing' });
    const bound = records.at(-1)?.evidence?.document;
    if (bound !== undefined && bound !== digestOf(decidedOf(schedule)))
      findings.push(altered('it is not what its last record left'));
  }
  return { findings, notes: unsignedIn(records, keys), head: records.at(-1)?.hash ?? '' };
}
