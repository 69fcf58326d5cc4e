import type { Actor } from '../people.ts';
import type { Run } from '../runs.ts';
import { isSamePerson, shapersOf } from './people.ts';
import type { Deed } from './roles.ts';
import { isUndecided } from './standing.ts';
import { wayBackOf } from './wayBack.ts';
import { whyNot, type House, type Situation } from './whyNot.ts';

/** What a run waits for, the most urgent first. */
export const WAITS = ['decide', 'approve', 'accept-findings', 'switch', 'acknowledge', 'confirm', 'sign-off'] as const;
export type Wait = (typeof WAITS)[number];

/**
 * What of a run waits for one person: only what the journal would not refuse them. A plan is confirmed and a refresh signed
 * off by whoever had it made; everything else waits for everybody who may.
 */
export function waitsFor(
  run: Run,
  situation: Situation & { readonly actor: Actor; readonly house: House },
): Wait | undefined {
  const may = (...deeds: readonly Deed[]) => deeds.some((deed) => whyNot(run, deed, situation) === undefined);
  const isOwn = shapersOf(run).some((one) => isSamePerson(situation.actor, one));
  switch (run.state) {
    case 'draft':
      return isOwn && may('confirm') ? 'confirm' : undefined;
    case 'awaiting-approval':
      return may('approve') ? 'approve' : undefined;
    case 'awaiting-exception':
      return may('accept-findings') ? 'accept-findings' : undefined;
    case 'awaiting-cutover':
      return run.cutover?.kind === 'on-click' && may('switch-now') ? 'switch' : undefined;
    case 'failed':
    case 'rollback-failed':
      if (isUndecided(run) && may('retry', 'roll-back', 'accept')) return 'decide';
      return may('acknowledge') ? 'acknowledge' : undefined;
    case 'completed':
      if (may('acknowledge')) return 'acknowledge';
      return isOwn && isPresent(run, situation) && may('sign-off') ? 'sign-off' : undefined;
    case 'signed-off':
    case 'rolled-back':
      return may('acknowledge') ? 'acknowledge' : undefined;
    default:
      return undefined;
  }
}

/** What it brought is what the target holds: a run may not have been told yet that a later one has switched over it. */
const isPresent = (run: Run, { now, hold }: Situation): boolean =>
  wayBackOf(run, now).kind !== 'none' && (hold === undefined || hold.generation === run.generation);
