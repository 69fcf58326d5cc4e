import { TerminalError } from '../errors.ts';
import type { Instant } from '../contracts.ts';

export class RecoveryPointUnreachableError extends TerminalError {
  override readonly code = 'recovery-point-unreachable';

  constructor(source: string, at: Instant, why: string, nearest: readonly Instant[]) {
    super(`${source} cannot be restored as of ${at}: ${why}`, {
      remedy:
        nearest.length > 0
          ? `Choose another moment; the nearest reachable: ${nearest.join(' or ')}.`
          : 'Choose another moment.',
    });
  }
}

export class FencedError extends TerminalError {
  override readonly code = 'fenced';

  constructor(target: string, fence: number, seen: number) {
    super(`Another worker has taken ${target} over (fence ${String(fence)}, the server has seen ${String(seen)})`, {
      remedy: 'Nothing to do: the worker that holds the target goes on.',
    });
  }
}

export class TargetIsProductionError extends TerminalError {
  override readonly code = 'target-is-production';

  constructor(target: string, source: string) {
    super(`${target} is the same database as the production source ${source}`, {
      remedy: `Correct the address of ${target} in environments.yaml; Rewind does not start like this.`,
    });
  }
}

export class UnknownProviderError extends TerminalError {
  override readonly code = 'unknown-provider';

  constructor(name: string, known: readonly string[]) {
    super(`There is no provider ${name}`, { remedy: `Providers: ${known.join(', ')}.` });
  }
}

/** A mark of Rewind that is torn, empty or not its own: nothing is switched or dropped on such a word. */
export class MarkUnclearError extends TerminalError {
  override readonly code = 'mark-unclear';

  /** `bearer`: the file or the database with the mark. */
  constructor(bearer: string, why: string, remedy: string) {
    super(`${bearer} does not say which database is meant: ${why}`, { remedy });
  }
}

export class CopyMissingError extends TerminalError {
  override readonly code = 'copy-missing';

  constructor(target: string, runId: string, role: 'copy' | 'previous database') {
    super(`${target} has no complete ${role} of run ${runId}`, {
      remedy: role === 'copy' ? 'Start the refresh again.' : 'It was dropped or replaced since; refresh again instead.',
    });
  }
}

export class DatabaseAddressError extends TerminalError {
  override readonly code = 'database-address-unusable';

  constructor(name: string, why: string) {
    super(`${name} cannot be used: it ${why}`, {
      remedy: 'Give it postgres://login:password@server/database or mssql://login:password@server/database.',
    });
  }
}
