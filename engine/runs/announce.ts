import { CommandMissingError, CommandTimeoutError } from '../commands/errors.ts';
import type { Announced, Instant, NotAnnounced, Run } from '../contracts.ts';
import { reportError } from '../errors.ts';
import { JournalUnavailableError } from '../journal/access.ts';
import { wallClock } from '../planning/wallTime.ts';
import type { StepContext } from './step.ts';
import { isTakenOver } from './takenOver.ts';

/**
 * Has the installation's command tell those who work in the sandbox, once for each thing there is to tell. One that fails
 * stops nothing: it is a line of the log and a record, which cards show.
 */
export async function announce(context: StepContext, what: Announced, at?: Instant): Promise<void> {
  const { run, target, signal } = context;
  if (!target.commands.announce || wasAnnounced(run, what, at)) return;
  let why: NotAnnounced | undefined;
  try {
    await context.command('announce', 'target', { variables: variablesFor(context, what, at) });
  } catch (error) {
    if (signal.aborted || isTakenOver(error) || error instanceof JournalUnavailableError) throw error;
    why = whyOf(error);
    context.log(`Nobody was told by the command (${what}), and the run goes on: ${reportError(error).message}`);
  }
  await context.record({ kind: 'announced', what, by: 'command', ...(at ? { for: at } : {}), ...(why ? { why } : {}) });
}

/** Whether people were told that the sandbox is about to be switched: then they also hear that it is not. */
export const isSwitchAnnounced = (run: Run): boolean => (run.announced ?? []).some(isOfSwitch);

const isOfSwitch = ({ what, by }: { readonly what: Announced; readonly by: string }): boolean =>
  by === 'command' && what === 'switch-announced';

const wasAnnounced = ({ announced = [] }: Run, what: Announced, at: Instant | undefined): boolean =>
  announced.some((one) => one.by === 'command' && one.what === what && one.for === at);

function variablesFor({ run, plan, target }: StepContext, what: Announced, at?: Instant) {
  const { estimate } = plan;
  return {
    REWIND_EVENT: what,
    REWIND_RUN: run.runId,
    REWIND_TIME_ZONE: target.timeZone,
    ...(at ? { REWIND_SWITCH_AT: at, REWIND_SWITCH_AT_LOCAL: wallClock(at, target.timeZone) } : {}),
    ...(estimate.kind === 'known'
      ? { REWIND_UNAVAILABLE_SECONDS: String(Math.ceil(estimate.unavailableSeconds)) }
      : {}),
  };
}

function whyOf(error: unknown): NotAnnounced {
  if (error instanceof CommandMissingError) return 'not-started';
  return error instanceof CommandTimeoutError ? 'no-answer' : 'failed';
}
