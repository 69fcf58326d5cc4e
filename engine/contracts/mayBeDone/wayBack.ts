import { TRANSITIONS } from '../../journal/events.ts';
import type { Instant } from '../people.ts';
import type { Run } from '../runs.ts';
import { isUndecided } from './standing.ts';

/** How long the database from before a run can be brought back in one step. */
export type WayBack =
  | { readonly kind: 'none' }
  /** Behind a failed switch the former database is kept until somebody decides, however long. */
  | { readonly kind: 'undecided' }
  | { readonly kind: 'until'; readonly at: Instant }
  /** A later run has switched: open again once that one is rolled back, if that happens before the promise is over. */
  | { readonly kind: 'behind'; readonly later: string; readonly until: Instant }
  /** It lies there, and nobody has said how long. */
  | { readonly kind: 'open' };

/** One answer for cards, terminal and log. Without `now`, what was promised, whether its time is over or not. */
export function wayBackOf(run: Run, now?: Instant): WayBack {
  if (run.generation === undefined || run.isPreviousRetired || run.state === 'signed-off') return { kind: 'none' };
  if (run.replacedBy) return behind(run, run.replacedBy.runId, now);
  if (isUndecided(run)) return { kind: 'undecided' };
  const at = run.previousKeptUntil;
  if (at === undefined) return { kind: 'open' };
  return now !== undefined && at <= now ? { kind: 'none' } : { kind: 'until', at };
}

function behind({ previousKeptUntil: until }: Run, later: string, now?: Instant): WayBack {
  const isOver = until === undefined || (now !== undefined && until <= now);
  return isOver ? { kind: 'none' } : { kind: 'behind', later, until };
}

/** The same in the words of a terminal and of a log; undefined for a run that has switched nothing, or has not ended. */
export function describeWayBack(run: Run, now?: Instant): string | undefined {
  const states: readonly string[] = TRANSITIONS['previous-retired'].from;
  if (run.swappedAt === undefined || !states.includes(run.state)) return undefined;
  const way = wayBackOf(run, now);
  switch (way.kind) {
    case 'none':
      return 'no longer possible';
    case 'undecided':
      return 'until somebody decides; the former database is kept that long';
    case 'until':
      return `until ${way.at}`;
    case 'behind':
      return `only after ${way.later} is rolled back; the former database stays until ${way.until}`;
    case 'open':
      return 'possible';
  }
}
