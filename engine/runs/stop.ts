import { isInRestoreWithoutStop, isPastNoReturn } from '../contracts/mayBeDone/index.ts';
import type { EngineParts } from '../parts.ts';

/** The reason of an aborted step when a person asked to stop. */
export class StopRequested extends Error {
  override readonly name = 'StopRequested';
}

const LOOK_EVERY_MS = 500;

/** Looks into the journal while a step works, because the person who stops it talks to another process. */
export function watchForStop(
  { journal, clock }: EngineParts,
  runId: string,
): { readonly signal: AbortSignal; end(): void } {
  const stop = new AbortController();
  const ended = new AbortController();
  const look = async () => {
    for (;;) {
      await clock.sleep(LOOK_EVERY_MS, ended.signal);
      const run = await journal.run(runId).catch(() => undefined);
      if (run?.stopRequestedBy && !isPastNoReturn(run) && !isInRestoreWithoutStop(run))
        stop.abort(new StopRequested(`${runId} is to stop`));
    }
  };
  // Ends by its own signal; a journal that is away for a moment is asked again.
  look().catch(() => undefined);
  return { signal: stop.signal, end: () => ended.abort() };
}
