import { RetryableError, TerminalError } from '../../errors.ts';

export class ClusterFolderError extends TerminalError {
  override readonly code = 'cluster-folder-unusable';

  constructor(folder: string, why: string) {
    super(`Folder ${folder} is no cluster that Rewind can refresh: ${why}`, {
      remedy: 'Let `current` be a link to a data directory in `generations/`, as docs/providers/postgres.md shows.',
    });
  }
}

export class ClusterStartError extends RetryableError {
  override readonly code = 'cluster-does-not-start';

  constructor(dataFolder: string, logFile: string) {
    super(`PostgreSQL in ${dataFolder} ended before it took connections`, {
      remedy: `Read the end of ${logFile}, mend what it names, and try again.`,
    });
  }
}

export class ClusterStopError extends RetryableError {
  override readonly code = 'cluster-does-not-stop';

  constructor(dataFolder: string, pid: number) {
    super(`PostgreSQL in ${dataFolder} (process ${String(pid)}) still runs after a fast and an immediate shutdown`, {
      remedy: 'Stop it by hand and try again.',
    });
  }
}

export class SessionStaysError extends RetryableError {
  override readonly code = 'session-does-not-end';

  constructor(database: string) {
    super(`A session of a worker that had the target before does not end in ${database}`, {
      remedy:
        'It is tried again. When that does not help, end the sessions called “rewind writer” in pg_stat_activity.',
    });
  }
}

export class RecoveryFailedError extends TerminalError {
  override readonly code = 'recovery-failed';

  constructor(dataFolder: string, lines: readonly string[]) {
    super(`Recovery of ${dataFolder} ended early: ${lines.join(' / ') || 'PostgreSQL gave no reason'}`, {
      remedy: 'Choose an earlier recovery point, or put the named WAL segment back into the archive.',
    });
  }
}

export class CopyNotClosedError extends TerminalError {
  override readonly code = 'copy-not-closed';

  constructor(dataFolder: string, roles: number) {
    super(`${String(roles)} roles besides the service may still log in to the copy in ${dataFolder}`, {
      remedy: 'Drop the copy and report this: it must not be possible.',
    });
  }
}

export class CopyDamagedError extends TerminalError {
  override readonly code = 'copy-damaged';

  constructor(database: string, relation: string, cause?: unknown) {
    super(`${relation} in the copy of ${database} is damaged`, {
      remedy: 'Choose another recovery point with another base backup, and have production checked.',
      cause,
    });
  }
}

export class SourceNotReadableError extends TerminalError {
  override readonly code = 'source-not-readable';

  constructor(source: string) {
    super(`Rewind has no login for ${source}`, {
      remedy: `Name a read-only login as \`reader\` in the settings of ${source}, or declare its facts in environments.yaml.`,
    });
  }
}
