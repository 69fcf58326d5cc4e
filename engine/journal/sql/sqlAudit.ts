import type { Instant } from '../../contracts.ts';
import type { AuditSource, BoundLine, RunMaterial } from '../audit/material.ts';
import { ChangedMeanwhile, type Reader, type JournalAccess } from '../access.ts';
import { scheduleName } from '../schedules/schedules.ts';
import { readScheduleRecords } from './schedules/scheduleRecords.ts';
import { readSchedule } from './schedules/sqlSchedules.ts';
import { readReport } from './sqlBesideRuns.ts';
import { readRecords, readRun } from './sqlRuns.ts';

/** The tables as they are, for whoever examines them. */
export function sqlAudit(access: JournalAccess): AuditSource {
  return {
    material: (runId) =>
      access.read(async (db) => {
        const row = await readRow(db, runId);
        const run = await readRun(db, runId);
        if (!row || !run) return undefined;
        const [records, log] = [await readRecords(db, runId), await readLog(db, runId)];
        const report = run.report && (await readReport(db, runId, run.report.sha256));
        // A run that goes on meanwhile is read again, so that what differs differs for good.
        if ((await readRow(db, runId))?.version !== row.version) throw new ChangedMeanwhile();
        return { run, row, records, log, report };
      }, runId),

    overview: () =>
      access.read(async (db) => {
        const counter = await db
          .selectFrom('journal_state')
          .select('value')
          .where('name', '=', 'run-number')
          .executeTakeFirst();
        const targets = await db
          .selectFrom('target')
          .select(['name', 'held_by', 'generation'])
          .orderBy('name')
          .execute();
        const runs = await db.selectFrom('run').select(['run_id', 'number', 'target']).orderBy('number').execute();
        const begun = await db.selectFrom('record').select(['run_id', 'at']).where('seq', '=', 1).execute();
        const createdAt = new Map<string, Instant>(begun.map(({ run_id, at }) => [run_id, at]));
        const schedules = await db.selectFrom('schedule').select('number').execute();
        const decided = await db.selectFrom('schedule_record').select('schedule as number').distinct().execute();
        return {
          schedules: [...new Set([...schedules, ...decided].map(({ number }) => number))].sort(
            (one, other) => one - other,
          ),
          runs: runs.map(({ run_id, number, target }) => ({
            runId: run_id,
            number,
            target,
            createdAt: createdAt.get(run_id) ?? '',
          })),
          lastNumber: counter?.value ?? 0,
          targets: targets.map(({ name, held_by, generation }) => ({ name, heldBy: held_by ?? undefined, generation })),
        };
      }),

    schedule: (number) =>
      access.read(async (db) => {
        const row = await readColumns(db, number);
        const [schedule, records] = [await readSchedule(db, number), await readScheduleRecords(db, number)];
        if ((await readColumns(db, number))?.version !== row?.version) throw new ChangedMeanwhile();
        return { schedule, row, records };
      }, scheduleName(number)),

    hashAt: (runId, seq) =>
      access.read(async (db) => {
        const query = db.selectFrom('record').select('hash').where('run_id', '=', runId).where('seq', '=', seq);
        return (await query.executeTakeFirst())?.hash;
      }),
  };
}

async function readRow(db: Reader, runId: string): Promise<RunMaterial['row'] | undefined> {
  const row = await db
    .selectFrom('run')
    .select(['number', 'target', 'state', 'version', 'expires_at'])
    .where('run_id', '=', runId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { expires_at: expiresAt, ...rest } = row;
  return { ...rest, expiresAt: expiresAt ?? undefined };
}

const readColumns = (db: Reader, number: number) =>
  db.selectFrom('schedule').select(['state', 'target', 'version']).where('number', '=', number).executeTakeFirst();

async function readLog(db: Reader, runId: string): Promise<readonly BoundLine[]> {
  const rows = await db
    .selectFrom('log')
    .select(['seq', 'at', 'step', 'text', 'previous_hash'])
    .where('run_id', '=', runId)
    .orderBy('seq')
    .execute();
  return rows.map(({ previous_hash: previousHash, ...line }) => ({ ...line, previousHash }));
}
