import type { Run } from '../engine/contracts.ts';
import { TerminalError } from '../engine/errors.ts';

export class UnknownPersonError extends TerminalError {
  override readonly code = 'unknown-person';

  /** `as`: whom the account asked to act for, if it said so. */
  constructor(account: string, mayActAs: readonly string[], as: string | undefined) {
    super(
      as === undefined && mayActAs.length > 1
        ? `The account ${account} may act for several people`
        : `The account ${account} may not act for ${as ?? 'anybody'}`,
      {
        remedy:
          mayActAs.length > 0
            ? `Say for whom: --as "${mayActAs[0] ?? ''}" (${mayActAs.join(', ')}).`
            : `Name ${account} under people.osAccounts in environments.yaml.`,
      },
    );
  }
}

export class UsageError extends TerminalError {
  override readonly code = 'usage';

  constructor(usage: string, remedy = 'Give the run, like R-1042.') {
    super(`rewind ${usage}`, { remedy });
  }
}

export class NoSuchSandboxError extends TerminalError {
  override readonly code = 'no-such-sandbox';

  constructor(name: string, known: readonly string[]) {
    super(`There is no sandbox ${name} in environments.yaml`, { remedy: `There are: ${known.join(', ')}.` });
  }
}

export class NoReportError extends TerminalError {
  override readonly code = 'no-report';

  constructor({ runId, state }: Pick<Run, 'runId' | 'state'>) {
    super(`${runId} is ${state} and has no report`, {
      remedy: `One is made when the copy is proved, right before the switch; runs of before there were reports have none. rewind audit ${runId} says what was recorded.`,
    });
  }
}

export class NoProfileListError extends TerminalError {
  override readonly code = 'no-profile-list';

  constructor({ runId, target }: Pick<Run, 'runId' | 'target'>) {
    super(`${runId} has no list of users and jobs`, {
      remedy: `One is made right before the switch of a sandbox that has a profile in environments.yaml, and kept as long as its listKept says; ${target} may have none.`,
    });
  }
}
