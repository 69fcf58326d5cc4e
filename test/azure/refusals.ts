import type { StandIn } from '../sqlServer/standIn.ts';

/** What Azure SQL Database takes from nobody: the statement, the number it answers with, and the mark of the knowledge. */
export const REFUSALS: readonly { readonly match: RegExp; readonly number: number; readonly mark: 'D' | 'A' }[] = [
  { match: /^\s*(RESTORE|BACKUP)\b/i, number: 40_510, mark: 'D' },
  { match: /^\s*USE\b/i, number: 40_508, mark: 'D' },
  { match: /\bmsdb\b/i, number: 40_515, mark: 'D' },
  // Three parts: another database, except in the text of a statement about it.
  { match: /(?<![\w\].])(?:\[(?:[^\]]|\]\])+\]|\w+)\.\[?(?:sys|dbo)\]?\.\[?\w/i, number: 40_515, mark: 'D' },
  { match: /\bSET\s+SINGLE_USER\b/i, number: 5_058, mark: 'D' },
  { match: /\bSET\s+(RECOVERY|NEW_BROKER|ENABLE_BROKER|DISABLE_BROKER)\b/i, number: 5_058, mark: 'D' },
  { match: /\bxp_\w+|\bdm_os_(enumerate_filesystem|file_exists|volume_stats)\b/i, number: 208, mark: 'D' },
  { match: /\bsys\.(master_files|database_recovery_status)\b/i, number: 208, mark: 'A' },
  // -SYSADMIN- is a role of the application, in its own tables.
  { match: /\bSERVER CERTIFICATE\b|(?<!-)\bsysadmin\b|\bdbcreator\b/i, number: 40_510, mark: 'D' },
];

/** Every session of the server is under them, the administrator's of a test alone is not. */
export function refuseWhatAzureRefuses(sql: StandIn): void {
  for (const { match, number } of REFUSALS)
    sql.fault({
      match,
      nth: 'every',
      effect: { error: { number, message: 'Not supported in this version of SQL Server.' } },
    });
}
