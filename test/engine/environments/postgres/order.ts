import type { ActOptions } from '../../../../engine/environments/provider.ts';
import type { Sandbox } from '../../../../engine/contracts.ts';
import type { FreezeAt } from './freezing.ts';

/** A worker of its own that stands still in the middle of one piece of work. */
export interface Order extends Pick<ActOptions, 'source' | 'at'> {
  readonly work: 'sanitize' | 'apply-target-settings' | 'swap';
  readonly target: Sandbox;
  readonly runId: string;
  readonly fence: number;
  readonly freezeAt: FreezeAt;
}
