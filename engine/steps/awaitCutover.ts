import type { Instant, Run, Sandbox } from '../contracts.ts';
import { later } from '../journal/desk.ts';
import { nextWallTime } from '../planning/wallTime.ts';
import { announce } from '../runs/announce.ts';
import { refuseTooLate } from '../schedules/tooLate.ts';
import { done, type Step } from '../runs/step.ts';

/** The target stays in use until the moment that people chose, and they are warned of it. */
export const awaitCutover: Step = {
  name: 'await-cutover',
  title: 'Wait for the switch',
  onFailure: 'keep-copy',
  async perform(context) {
    const { run, target, now, isFrozen } = context;
    const wait = { kind: 'wait', policy: target.policy.cutover.kind } as const;
    if (await isFrozen()) return { ...wait, isFrozen: true };
    const at = cutoverAt(run, target, now());
    if (at === undefined) return wait;
    refuseTooLate(run, at);
    const isAhead = at > now();
    await announce(context, 'switch-announced', at);
    if (isAhead) return { ...wait, at };
    return done(run.cutover?.pressedBy ? `Asked for by ${run.cutover.pressedBy.name}` : 'Due');
  },
};

/** Undefined: nobody has pressed “Switch now” yet. A moment once announced stays. */
function cutoverAt(run: Run, { policy, timeZone }: Sandbox, now: Instant): Instant | undefined {
  if (run.cutover?.at) return run.cutover.at;
  const afterWarning = later(now, policy.cutoverWarningMs);
  switch (policy.cutover.kind) {
    case 'when-ready':
      return policy.cutoverWarningMs === 0 ? now : afterWarning;
    case 'on-click':
      return undefined;
    case 'at':
      return nextWallTime(policy.cutover.time, timeZone, afterWarning);
  }
}
