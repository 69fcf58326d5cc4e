import { TerminalError } from '../errors.ts';

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
