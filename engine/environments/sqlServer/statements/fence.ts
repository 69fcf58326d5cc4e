import { quoteName } from '../../../databases/sqlServer/quote.ts';
import { fenceTable } from './guarded.ts';
import type { Guard, Statement } from '../../../databases/sqlServer/statement.ts';

export const createControlDatabase = (controlDatabase: string): Statement => ({
  text: `CREATE DATABASE ${quoteName(controlDatabase)};`,
});

/** SIMPLE: nobody should have to back up the log of a table with one row per target. */
export const useSimpleRecovery = (controlDatabase: string): Statement => ({
  text: `ALTER DATABASE ${quoteName(controlDatabase)} SET RECOVERY SIMPLE;`,
});

type Control = Pick<Guard, 'controlDatabase'>;

export const createFenceTable = (control: Control): Statement => ({
  text: `CREATE TABLE ${fenceTable(control)} (target nvarchar(32) NOT NULL PRIMARY KEY, fence bigint NOT NULL);`,
});

export const findFenceTable = (control: Control): Statement => ({
  text: 'SELECT OBJECT_ID(@table) AS id;',
  parameters: { table: fenceTable(control) },
});

export const readFence = (guard: Guard): Statement => ({
  text: `SELECT fence FROM ${fenceTable(guard)} WHERE target = @target;`,
  parameters: { target: guard.target },
});

/** Never lowers; two workers that come at once leave the greater one. */
export const raiseFence = (guard: Guard): Statement => ({
  text: `UPDATE ${fenceTable(guard)} SET fence = @fence WHERE target = @target AND fence < @fence;`,
  parameters: { target: guard.target, fence: guard.fence },
});

/** Fails with 2627 when another worker was faster. */
export const addFence = (guard: Guard): Statement => ({
  text: `INSERT INTO ${fenceTable(guard)} (target, fence) VALUES (@target, @fence);`,
  parameters: { target: guard.target, fence: guard.fence },
});
