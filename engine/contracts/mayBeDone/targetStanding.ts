import type { Run, TargetState } from '../runs.ts';

/** What people have to tell apart of that which stands under the target's name, after or during a run. */
export type TargetStanding =
  | 'old'
  | 'old-not-online'
  | 'new'
  | 'new-not-online'
  | 'closed-old'
  | 'closed-new'
  | 'none'
  /** A later run has switched over it. */
  | 'replaced'
  /** Somebody took it over by hand, as it was then. */
  | `taken-over-${TargetState}`;

/** One answer for cards, terminal and log. */
export function targetStandingOf(run: Run): TargetStanding {
  if (run.replacedBy) return 'replaced';
  const hasFailed = run.state === 'failed' || run.state === 'rollback-failed';
  if (hasFailed && run.acceptedBy) return `taken-over-${run.targetState}`;
  switch (run.targetState) {
    case 'new':
      return hasFailed ? 'new-not-online' : 'new';
    case 'closed':
      return run.swappedAt ? 'closed-new' : 'closed-old';
    case 'none':
      return 'none';
    case 'old':
      return run.state === 'rollback-failed' ? 'old-not-online' : 'old';
  }
}

const STANDINGS: Readonly<Record<TargetStanding, string>> = {
  old: 'is as it was before the run, and in use',
  'old-not-online': 'holds its former database again, but was not brought back online',
  new: 'holds the new database and is open for Admin',
  'new-not-online': 'holds the new database and lets Admin',
  'closed-old': 'holds its former database and is closed: people cannot sign in',
  'closed-new': 'holds the new database and is closed: people cannot sign in',
  none: 'does not answer: neither its former database nor the new one serves it as a whole',
  replaced: 'was switched to another database since',
  'taken-over-old': 'was taken over by hand with its former database, not brought back online by Rewind',
  'taken-over-new': 'was taken over by hand with the new database, not brought online by Rewind',
  'taken-over-closed': 'was taken over by hand with the new database, closed to people',
  'taken-over-none': 'was taken over by hand: no database answered under its name',
};

/** The same in the words of a terminal and of a log, behind the target's name. */
export function describeTarget(run: Run): string {
  const by = run.replacedBy ? `, by ${run.replacedBy.runId} at ${run.replacedBy.at}` : '';
  const standing = targetStandingOf(run);
  return `${STANDINGS[standing]}${whoIsIn(run, standing)}${by}`;
}

/** How many users the profile has let in again. */
export const usersBack = (run: Run): number => run.profile?.find(({ part }) => part === 'users')?.done ?? 0;

function whoIsIn(run: Run, standing: TargetStanding): string {
  const count = usersBack(run);
  const users = count === 0 ? '' : `, ${String(count)} ${count === 1 ? 'user' : 'users'} of its profile`;
  if (standing === 'new') return `${users} and service accounts`;
  return standing === 'new-not-online' ? `${users} and service accounts in, but was not brought online` : '';
}

/** How a run ended that has switched nothing, as cards call it. */
export const ENDINGS: Readonly<Record<NonNullable<Run['ending']>['how'], string>> = {
  rejected: 'rejected',
  expired: 'expired',
  stopped: 'stopped',
  kept: 'cancelled',
  skipped: 'skipped',
};
