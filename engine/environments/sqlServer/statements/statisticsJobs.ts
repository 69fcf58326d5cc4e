import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** Statistics that the server updates in the background, started or waiting; needs VIEW SERVER STATE. */
export const readStatisticsJobs = (database: string): Statement => ({
  text: [
    'SELECT j.job_id AS job',
    'FROM sys.dm_exec_background_job_queue AS j',
    'WHERE j.database_id = DB_ID(@database)',
    'ORDER BY j.job_id;',
  ].join('\n'),
  parameters: { database },
});

/** For members of sysadmin and processadmin alone ("KILL STATS JOB"). */
export const killStatisticsJob = (job: number): string => `KILL STATS JOB ${String(Math.trunc(job))}`;
