import type { Sandbox } from '../../engine/contracts.ts';
import { TerminalError } from '../../engine/errors.ts';

/** A command that is about one run, where none fits. */
export class NoSuchRunError extends TerminalError {
  override readonly code = 'no-such-run';

  constructor(
    { name, title }: Pick<Sandbox, 'name' | 'title'>,
    what: string,
    { hasRuns }: { readonly hasRuns: boolean },
  ) {
    super(`No run of ${title} ${what}`, {
      remedy: hasRuns
        ? `Look at the history: /history ${name}.`
        : `There has been none so far: /refresh ${name} begins one.`,
    });
  }
}

/** A command that needs the name of a sandbox or a run, typed without one. */
export class NameMissingError extends TerminalError {
  override readonly code = 'name-missing';

  constructor(command: string, example: string, { takesRuns = true }: { readonly takesRuns?: boolean } = {}) {
    super(`/${command} needs the name of a sandbox${takesRuns ? ' or the number of a run' : ''}`, {
      remedy: `Type /${command} ${example}${takesRuns ? ` or /${command} R-1042` : ''}.`,
    });
  }
}

/** A personal chat is read by one person: nobody could be asked there. */
export class PersonalHomeError extends TerminalError {
  override readonly code = 'personal-home';

  constructor(target: string) {
    super('A personal chat cannot be the home of a sandbox', {
      remedy: `Add Rewind to the channel or group chat that is to be it, and type /home ${target} there.`,
    });
  }
}

/** environments.yaml names the home, and counts. */
export class HomeInFileError extends TerminalError {
  override readonly code = 'home-in-file';

  constructor(title: string) {
    super(`environments.yaml says where the home of ${title} is, so it is not chosen here`, {
      remedy: 'Whoever looks after Rewind changes `approvals: { channel: … }` of the sandbox, or takes it out.',
    });
  }
}

/** A freeze that does not say until when, or why. */
export class FreezeUnclearError extends TerminalError {
  override readonly code = 'freeze-unclear';

  constructor(why: string) {
    super(why, { remedy: 'Type /freeze uat until 5 Dec, month-end: the end, a comma, the reason.' });
  }
}

/** A reservation that does not say until when, or what for. */
export class ReservationUnclearError extends TerminalError {
  override readonly code = 'reservation-unclear';

  constructor(why: string) {
    super(why, { remedy: 'Type /reserve uat until Friday, UAT round 3: the end, a comma, what for.' });
  }
}

/** What stands behind the sandbox of `/history` is none of the words that narrow it. */
export class UnreadableSearchError extends TerminalError {
  override readonly code = 'unreadable-search';

  constructor(why = 'That does not say which runs to look for') {
    super(why, {
      remedy:
        'Type /history uat failed, /history uat by Jonas, /history since 1 Nov until 15 Nov, or several of these.',
    });
  }
}
