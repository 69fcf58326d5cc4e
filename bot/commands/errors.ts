import { TerminalError } from '../../engine/errors.ts';

/** A command that is about one run, where none fits. */
export class NoSuchRunError extends TerminalError {
  override readonly code = 'no-such-run';

  constructor(target: string, what: string) {
    super(`No run of ${target} ${what}`, { remedy: `Look at the history: /history ${target}.` });
  }
}

/** A command that needs the name of a sandbox or a run, typed without one. */
export class NameMissingError extends TerminalError {
  override readonly code = 'name-missing';

  constructor(command: string, example: string) {
    super(`/${command} needs the name of a sandbox or the number of a run`, {
      remedy: `Type /${command} ${example} or /${command} R-1042.`,
    });
  }
}
