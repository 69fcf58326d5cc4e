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

  /** `reason`: the operating system's own word. */
  constructor(name: string, command: string, reason: string) {
    const whys: Readonly<Record<string, string>> = {
      ENOENT: `there is no ${command} on this worker’s machine`,
      EACCES: `this worker’s account may not execute ${command}`,
    };
    const why = whys[reason] ?? `${command} is no program that this worker’s machine can start (${reason})`;
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

export class CommandArgumentError extends TerminalError {
  override readonly code = 'command-argument-refused';

  constructor(name: string, command: string) {
    super(
      `${name} cannot be started: ${command} is a batch file, and its path or an argument holds ", %, ! or a line break`,
      {
        remedy: 'Write a PowerShell script (.ps1) or a program instead, or leave these characters out.',
      },
    );
  }
}
