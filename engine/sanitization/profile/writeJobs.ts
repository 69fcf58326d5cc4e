import type { Profile } from '../../contracts.ts';
import type { ReadSession, Session } from '../../environments/provider.ts';
import { fold } from './accounts.ts';
import { decideJobs, type BatchJob, type JobDecision } from './decideJobs.ts';
import { differing, type WrittenPart } from './part.ts';
import { demand } from './readAccounts.ts';
import { openTables, readRows, textIn, updateRows, updateRowsBut, type Tables } from './rows.ts';

const JOB_TABLES = ['BATCHJOB', 'BATCH', 'CLASSIDTABLE'];
const JOB = ['RECID', 'CAPTION', 'COMPANY', 'STATUS', 'EXECUTINGBY'] as const;
const TASK = ['BATCHJOBID', 'CLASSNUMBER', 'STATUS'] as const;
/** BatchStatus. */
const WITHHELD = '0';
const WAITING = '1';
/** Waiting, executing, ready: what production would go on with. */
const AT_WORK = new Set(['1', '2', '5']);

interface Jobs {
  readonly jobs: readonly (BatchJob & { readonly status: string })[];
  readonly tables: Tables;
}

/** The jobs of these captions, with the names of their classes: numbers of classes differ between environments. */
async function readJobs(session: ReadSession, wanted: NonNullable<Profile['jobs']>): Promise<Jobs> {
  const tables = await openTables(session, JOB_TABLES);
  const [jobs, tasks] = [demand(tables, 'BATCHJOB', JOB), demand(tables, 'BATCH', TASK)];
  const classes = tables.has('CLASSIDTABLE') ? demand(tables, 'CLASSIDTABLE', ['ID', 'NAME']) : undefined;
  const captions = new Set(wanted.map(({ caption }) => fold(caption)));
  const rows = (await readRows(session, jobs, JOB)).filter((row) => captions.has(fold(textIn(row, 'CAPTION'))));
  const names = new Map(
    (classes === undefined ? [] : await readRows(session, classes, ['ID', 'NAME'])).map((row) => [
      textIn(row, 'ID'),
      textIn(row, 'NAME'),
    ]),
  );
  const recIds = rows.map((row) => textIn(row, 'RECID'));
  const ofJob = Map.groupBy(await readRows(session, tasks, TASK, { column: 'BATCHJOBID', values: recIds }), (row) =>
    textIn(row, 'BATCHJOBID'),
  );
  return {
    tables,
    jobs: rows.map((row) => {
      const recId = textIn(row, 'RECID');
      return {
        ...{ recId, caption: textIn(row, 'CAPTION'), company: textIn(row, 'COMPANY') },
        ...{ executingBy: textIn(row, 'EXECUTINGBY'), status: textIn(row, 'STATUS') },
        classes: (ofJob.get(recId) ?? []).map((task) => names.get(textIn(task, 'CLASSNUMBER'))),
      };
    }),
  };
}

/** Of the named jobs those that are at work: in production before its rules, in a copy after them those that were released. */
export async function runningJobs(session: ReadSession, { jobs = [] }: Profile): Promise<readonly string[]> {
  if (jobs.length === 0) return [];
  const found = await readJobs(session, jobs);
  return found.jobs.filter(({ status }) => AT_WORK.has(status)).map(({ recId }) => recId);
}

/** Record numbers of all jobs of a database that are not withheld and have not ended. */
export async function jobsAtWork(session: ReadSession): Promise<readonly string[]> {
  const jobs = (await openTables(session, ['BATCHJOB'])).get('BATCHJOB');
  if (jobs === undefined) return [];
  const rows = await readRows(session, jobs, ['RECID'], { column: 'STATUS', values: [...AT_WORK] });
  return rows.map((row) => textIn(row, 'RECID'));
}

/** Who may execute a job in the copy as it is, by folded id. */
export async function enabledIn(copy: ReadSession): Promise<ReadonlySet<string>> {
  const users = demand(await openTables(copy, ['USERINFO']), 'USERINFO', ['ID', 'ENABLE']);
  const rows = await readRows(copy, users, ['ID', 'ENABLE']);
  return new Set(rows.filter((row) => textIn(row, 'ENABLE') !== '0').map((row) => fold(textIn(row, 'ID'))));
}

/** Withholds all that is not withheld, then lets the decided jobs wait for their time, with those of their tasks that had not begun. */
export async function writeJobs(
  copy: Session,
  wanted: NonNullable<Profile['jobs']>,
  { running, enabled }: { readonly running: readonly string[]; readonly enabled: ReadonlySet<string> },
): Promise<WrittenPart & { readonly decision: JobDecision }> {
  const { jobs, tables } = await readJobs(copy, wanted);
  const [jobTable, taskTable] = [demand(tables, 'BATCHJOB', JOB), demand(tables, 'BATCH', TASK)];
  const decision = decideJobs({ wanted, jobs, running: new Set(running), enabled });
  const released = decision.released.map(({ recId }) => recId);
  await copy.execute(updateRowsBut(jobTable, { name: 'STATUS', value: WITHHELD }, 'CAPTION', []));
  const taskKey = taskTable.columns.has('RECID') ? ['RECID'] : [];
  const own = { column: 'BATCHJOBID', values: released };
  const read = () => readRows(copy, taskTable, [...taskKey, 'BATCHJOBID', 'STATUS'], own);
  const tasks = (await read()).filter((row) => [WITHHELD, WAITING].includes(textIn(row, 'STATUS')));
  const taskIds = tasks.map((row) => textIn(row, 'RECID'));
  const stray = (await readRows(copy, taskTable, [...taskKey, 'STATUS'], { column: 'STATUS', values: [WAITING] }))
    .map((row) => textIn(row, 'RECID'))
    .filter((recId) => !taskIds.includes(recId));
  for (const recId of stray)
    await copy.execute(updateRows(taskTable, { STATUS: WITHHELD }, { column: 'RECID', value: recId }));
  for (const recId of taskIds)
    await copy.execute(updateRows(taskTable, { STATUS: WAITING }, { column: 'RECID', value: recId }));
  for (const recId of released)
    await copy.execute(updateRows(jobTable, { STATUS: WAITING }, { column: 'RECID', value: recId }));
  return {
    decision,
    line: { part: 'jobs', done: released.length, left: decision.left.length },
    table: 'BATCHJOB',
    written: [
      { table: 'BATCHJOB', key: 'RECID', keys: released, columns: ['STATUS'] },
      { table: 'BATCH', key: 'RECID', keys: taskIds, columns: ['STATUS'] },
    ],
    prove: async (session) => {
      const awake = async (table: typeof jobTable, values: readonly string[]) =>
        (await readRows(session, table, ['RECID'], { column: 'STATUS', values })).map((row) => textIn(row, 'RECID'));
      const atWork = [...AT_WORK, '7'];
      return (
        differing(released, await awake(jobTable, ['1', '2', '3', '4', '5', '6', '7', '8', '9'])) +
        differing(taskIds, await awake(taskTable, atWork))
      );
    },
  };
}
