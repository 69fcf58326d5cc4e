import type { Instant, Person, RunRecord, Schedule } from '../../../contracts.ts';
import { storable, type Change, type Reader } from '../../access.ts';
import { digestOf } from '../../canonicalJson.ts';
import { CHAIN_START } from '../../hashChain.ts';
import { decidedOf, scheduleName } from '../../schedules/schedules.ts';
import type { SignDecision } from '../../signatures.ts';
import { columnsOfRecord, recordIn } from '../recordRows.ts';

/** `schedule` is as the change leaves it, and is bound so. */
export async function appendScheduleRecord(
  change: Change,
  schedule: Schedule,
  {
    event,
    data,
    by: actor,
    at,
    sign,
  }: {
    readonly event: string;
    readonly data: object;
    readonly by: Person;
    readonly at: Instant;
    readonly sign: SignDecision | undefined;
  },
): Promise<void> {
  const { number, decisions: seq = 1 } = schedule;
  const before = await change
    .selectFrom('schedule_record')
    .select('hash')
    .where('schedule', '=', number)
    .where('seq', '=', seq - 1)
    .executeTakeFirst();
  // As the row will be read back.
  const kept = JSON.parse(storable(JSON.stringify(decidedOf(schedule)))) as unknown;
  const content = { runId: scheduleName(number), seq, at, actor, event, data };
  const chained = {
    ...content,
    ...{ previousHash: before?.hash ?? CHAIN_START, evidence: { document: digestOf(kept) } },
  };
  await change
    .insertInto('schedule_record')
    .values({ schedule: number, ...columnsOfRecord(chained, sign) })
    .execute();
}

export async function readScheduleRecords(db: Reader, number: number): Promise<readonly RunRecord[]> {
  const rows = await db
    .selectFrom('schedule_record')
    .selectAll()
    .where('schedule', '=', number)
    .orderBy('seq')
    .execute();
  return rows.map((row) => recordIn(scheduleName(number), row));
}
