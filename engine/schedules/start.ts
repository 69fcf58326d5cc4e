import type { Run, Skip } from '../contracts.ts';
import { later } from '../journal/desk.ts';
import { FrozenError, OutdatedRequestError, TargetBusyError } from '../journal/errors.ts';
import type { RunEvent } from '../journal/events.ts';
import { ReservedError } from '../journal/rule/requestErrors.ts';
import type { EngineParts } from '../parts.ts';
import { surveyFrom } from '../recovery/surveyFrom.ts';
import { noLonger } from './noLonger.ts';

/** Backups end a little later at times. */
const WAIT_FOR_BACKUPS_MS = 3_600_000;

/**
 * Begins a run of the queue. While its sandbox is frozen one that has switched nothing stays there; the journal says so last. A run
 * of a schedule begins at its time, once the backups reach its moment and while it is still wanted, or not at all. Undefined: it has not begun.
 */
export async function startRun(
  parts: EngineParts,
  run: Run,
  record: (event: RunEvent) => Promise<Run>,
): Promise<Run | undefined> {
  const { journal, clock, installation } = parts;
  // One that somebody retries has begun already.
  const scheduled = run.startedAt === undefined ? run.scheduled : undefined;
  const skip = async (why: Skip, detail: string): Promise<undefined> => {
    await record({ kind: 'skip', why, detail }).catch((error: unknown) => {
      if (!(error instanceof OutdatedRequestError)) throw error;
    });
  };
  const now = clock.now();
  let under: number | undefined;
  if (scheduled) {
    if (now < scheduled.at) return undefined;
    // Its bot may have ended before it could say so.
    const schedule = await journal.schedule(scheduled.schedule);
    if (schedule && schedule.state !== 'active') return skip(schedule.state, '');
    const sandbox = installation.sandboxes.find(({ name }) => name === run.target);
    const hold = await journal.hold(run.target);
    under = hold.reservation?.number;
    const hindrance = sandbox && noLonger(run.requestedBy, sandbox, installation, { hold, now });
    if (hindrance) return skip(hindrance.why, hindrance.detail);
    const reached = surveyFrom(await journal.survey(run.target), run.source)?.windows.at(-1)?.to;
    const isBehind = run.at !== undefined && reached !== undefined && reached < run.at;
    if (isBehind && now < later(scheduled.at, WAIT_FOR_BACKUPS_MS)) return undefined;
  }
  try {
    return await record({ kind: 'start', ...(under === undefined ? {} : { under }) });
  } catch (error) {
    if (error instanceof ReservedError) return startRun(parts, run, record);
    // By the journal's clock, whatever this process takes the time to be.
    if (scheduled && error instanceof OutdatedRequestError) await skip('missed', 'No worker was there at its time');
    else if (scheduled && error instanceof TargetBusyError) await skip('busy', error.message);
    else if (scheduled && error instanceof FrozenError) await skip('frozen', error.message);
    else if (!(error instanceof FrozenError)) throw error;
    return undefined;
  }
}
