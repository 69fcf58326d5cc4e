import type { Sandbox } from '../contracts.ts';

/** Why no refresh of a sandbox may run while nobody watches; undefined: it may. */
export function whyNotUnattended({
  policy,
  schedules,
}: Pick<Sandbox, 'policy' | 'schedules'>): 'nobody-on-call' | 'waits-for-a-click' | undefined {
  if (policy.cutover.kind === 'on-click') return 'waits-for-a-click';
  return policy.rollbackOnFailure === 'automatic' || schedules?.onCall !== undefined ? undefined : 'nobody-on-call';
}
