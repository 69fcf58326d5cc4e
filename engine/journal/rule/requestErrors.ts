import { TerminalError } from '../../errors.ts';

/** A source, typed where a sandbox belongs. */
export class ProductionTargetError extends TerminalError {
  override readonly code = 'production-target';

  constructor(title: string, sandboxes: readonly string[]) {
    super(`${title} is production, and production is never replaced`, {
      remedy: `Name the sandbox that is to be replaced: ${sandboxes.join(' or ')}.`,
    });
  }
}

/** environments.yaml asks for one. */
export class TicketMissingError extends TerminalError {
  override readonly code = 'ticket-missing';

  constructor(title: string, example: string) {
    super(`A refresh of ${title} is asked for with a ticket, and the reason names none`, {
      remedy: `Go back to the plan and name the ticket in the reason, as in ${example}.`,
    });
  }
}

/** Two people have to approve. */
export class ApprovedAlreadyError extends TerminalError {
  override readonly code = 'approved-already';

  constructor(runId: string) {
    super(`You have approved ${runId} already, and a second person has to approve it as well`, {
      remedy: 'Somebody else who may approve, and had no hand in it, has to decide. You can still reject it.',
    });
  }
}

/** Somebody keeps the sandbox. */
export class ReservedError extends TerminalError {
  override readonly code = 'reserved';

  /** `name`: as it is typed. */
  constructor(
    target: string,
    { by, until, reason }: { readonly by: string; readonly until: string; readonly reason: string },
    name: string,
  ) {
    super(`${by} has reserved ${target} until ${until}: ${reason}`, {
      remedy: `Agree with ${by}, wait for the end, or take it over: type /reserve ${name} in Teams. That is recorded, and ${by} is told.`,
    });
  }
}

/** Whoever asked or approved has a wish in the matter. */
export class OwnExceptionError extends TerminalError {
  override readonly code = 'own-exception';

  constructor(runId: string) {
    super(`Whoever asked for ${runId} or approved it cannot accept what a proof has found`, {
      remedy: 'Another person who answers for the data, and neither asked nor approved, has to decide.',
    });
  }
}

/** An exception without an end would be a rule. */
export class ExceptionEndError extends TerminalError {
  override readonly code = 'exception-end';

  constructor(until: string, first: string, last: string) {
    super(`“${until}” is no day on which an exception can end`, {
      remedy: `Give a day from ${first} to ${last}, such as ${first}.`,
    });
  }
}
