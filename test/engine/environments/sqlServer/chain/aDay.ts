import { RestoreChainRefusal } from '../../../../../engine/environments/sqlServer/chain/errors.ts';
import { planRestoreChain } from '../../../../../engine/environments/sqlServer/chain/restoreChain.ts';
import type { ChainRequest } from '../../../../../engine/environments/sqlServer/chain/restoreChain.ts';
import { aBackup, aHistory, at } from './aBackup.ts';
import type { Row } from './aBackup.ts';

export const day = '2026-11-20T';

/** A full backup at 00:00 (LSN 100 to 110) and a log backup every hour from 01:00 to 04:00, ten LSNs each. */
export function aDay(): Row[] {
  return [
    aBackup('full', 'D', '00:00', 100, 110),
    aBackup('log1', 'L', '01:00', 100, 120),
    aBackup('log2', 'L', '02:00', 120, 130),
    aBackup('log3', 'L', '03:00', 130, 140),
    aBackup('log4', 'L', '04:00', 140, 150),
  ];
}

export function change(rows: readonly Row[], uuid: string, more: Row): Row[] {
  return rows.map((row) => (row['backup_set_uuid'] === uuid ? { ...row, ...more } : row));
}

export function without(rows: readonly Row[], ...uuids: string[]): Row[] {
  return rows.filter((row) => !uuids.includes(String(row['backup_set_uuid'])));
}

export function plan(rows: readonly Row[], time: string, target?: ChainRequest['target']) {
  return planRestoreChain(aHistory(rows), { at: at(time), target });
}

export function chain(rows: readonly Row[], time: string): string[] {
  return plan(rows, time).steps.map(({ backup }) => backup.uuid);
}

export function refusal(rows: readonly Row[], time: string, target?: ChainRequest['target']) {
  try {
    plan(rows, time, target);
  } catch (error) {
    if (error instanceof RestoreChainRefusal) return error;
    throw error;
  }
  throw new Error('a refusal expected');
}
