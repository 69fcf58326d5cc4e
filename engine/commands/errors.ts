import { TerminalError } from '../errors.ts';

export class CommandFailedError extends TerminalError {
  override readonly code = 'command-failed';

  /** `exitCode`: a number, or what else ended it. The first line of the message is for everybody; the output follows it. */
  constructor(name: string, exitCode: number | string, lastLines: readonly string[]) {
    const how = typeof exitCode === 'number' ? `exit code ${String(exitCode)}` : exitCode;
    super([`${name} ended with ${how}`, ...lastLines].join('\n'), {
      remedy:
        'Read the command’s output in the log of the run and mend the cause. Then retry, or roll back and plan again, whichever the card offers.',
    });
  }
}

export class CommandMissingError extends TerminalError {
  override readonly code = 'command-missing';

  constructor(name: string, command: string, reason: 'ENOENT' | 'EACCES') {
    const why =
      reason === 'ENOENT'
        ? `there is no ${command} on this worker’s machine`
        : `this worker’s account may not execute ${command}`;
    super(`${name} cannot be started: ${why}`, {
      remedy: 'Correct the command in environments.yaml, or install it where the worker runs.',
    });
  }
}

export class CommandTimeoutError extends TerminalError {
  override readonly code = 'command-timeout';

  constructor(name: string, seconds: number) {
    super(`${name} did not end within ${String(seconds)} s and was ended`, {
      remedy: 'Find out why it hangs, or raise its timeout in environments.yaml.',
    });
  }
}
