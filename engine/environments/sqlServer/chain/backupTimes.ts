/** Instants, milliseconds since 1970. Where the truth is not in the history, the side is taken that cannot lead too far. */
export interface BackupTimes {
  /** No later than the start. */
  startedAt: number;
  /** No earlier than the end. */
  finishedAt: number;
  /** Log backups: every transaction up to here is certainly inside or before; -Infinity when nothing is certain. */
  coveredUntil: number;
  /** Log backups that can only be restored as a whole: the first moment that is certainly past them; else -Infinity. */
  wholeUntil: number;
  /** The server's clock changed its offset among the transactions of this log backup: a wall time names no moment in it. */
  crossesClockChange: boolean;
  /** Log backups: the offset of the server that wrote the log, whoever backed it up; null when a wall time names no moment. */
  logZoneMinutes: number | null;
  /** A secondary took it: what the primary had committed when it started need not be in it. */
  isFromReplica: boolean;
}
