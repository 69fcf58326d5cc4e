import type { EarlierWayBack, Instant, Retirement, Run, Sandbox } from '../contracts.ts';
import { isUndecided } from '../contracts/mayBeDone/index.ts';
import type { RestorePlan } from '../environments/provider.ts';
import { TRANSITIONS } from '../journal/events.ts';
import type { EngineParts, Pair } from '../parts.ts';
import { sourceNow } from './sandboxSource.ts';

/** What becomes of the former databases that earlier runs have left, by the policy's `earlierWayBack`. */
export interface Formers {
  /** Still promised, and behind the new run from its switch on: one at most. */
  readonly earlier: readonly EarlierWayBack[];
  /** Dropped before anything is restored. */
  readonly drops: readonly Retirement[];
  /** Promised, and to be decided about before there may be a plan. */
  readonly undecided: readonly EarlierWayBack[];
}

/** What the platform would do, and what the journal has promised about what lies there. */
export type Outlook = RestorePlan & { readonly outlook?: Formers };

export async function lookAhead(parts: EngineParts, { source, target, provider }: Pair, at: Instant): Promise<Outlook> {
  const restore = await provider.plan(await sourceNow(parts, source), target, at);
  return { ...restore, outlook: await judgeFormers(parts, target, restore) };
}

/** All that goes: for want of room, and because it is too deep or not wanted. */
export const retiresOf = ({ retires = [], outlook }: Outlook): readonly Retirement[] => [
  ...retires,
  ...(outlook?.drops ?? []),
];

async function judgeFormers(
  { journal, clock }: EngineParts,
  target: Sandbox,
  { formers = [], retires = [] }: RestorePlan,
): Promise<Formers> {
  const { generation } = await journal.hold(target.name);
  const earlier: EarlierWayBack[] = [];
  const undecided: EarlierWayBack[] = [];
  const drops: Retirement[] = [];
  for (const former of formers) {
    if (retires.some(({ runId }) => runId === former.runId)) continue;
    const run = await journal.run(former.runId);
    if (run === undefined || run.target !== target.name) continue;
    if (!mayBeGivenUp(run)) continue;
    // Behind the newest lies what can be reached through it alone, or not at all where that one is given up.
    if (run.generation !== generation) {
      drops.push({ ...former, why: 'too-deep' });
      continue;
    }
    const until = run.previousKeptUntil;
    // Otherwise it goes by itself.
    if (until === undefined || until <= clock.now()) continue;
    const wayBack = { runId: run.runId, until };
    if (target.policy.earlierWayBack === 'drop') drops.push({ ...former, why: 'policy' });
    else if (target.policy.earlierWayBack === 'refuse') undecided.push(wayBack);
    else earlier.push(wayBack);
  }
  return { earlier, drops, undecided };
}

/** Not where a decision is open, nor what a sign-off has given up already: housekeeping drops that, once its signature is read. */
function mayBeGivenUp(run: Run): boolean {
  const from: readonly string[] = TRANSITIONS['previous-retired'].from;
  return from.includes(run.state) && run.state !== 'signed-off' && !run.isPreviousRetired && !isUndecided(run);
}
