import type { ActOptions } from '../../../../engine/environments/provider.ts';
import type { Sandbox } from '../../../../engine/contracts.ts';
import { type FreezeAt, freezeAt } from './freezing.ts';

/** A worker of its own that stands still in the middle of one piece of work. */
export interface Order extends Pick<ActOptions, 'source' | 'at'> {
  readonly work: 'sanitize' | 'apply-target-settings' | 'swap';
  readonly target: Sandbox;
  readonly runId: string;
  readonly fence: number;
  readonly freezeAt: FreezeAt;
}

// Written by the test that starts this file.
const { work, source, target, at, freezeAt: place, ...hold } = JSON.parse(process.argv[2] ?? '') as Order;
freezeAt(place);
const { systemClock } = await import('../../../../engine/clock.ts');
const { openPostgresProvider } = await import('../../../../engine/environments/postgres/provider.ts');
const { performWork } = await import('./performWork.ts');

const provider = openPostgresProvider({ clock: systemClock });
const writer = provider.open(target, { ...hold, signal: new AbortController().signal });
await performWork(work, { writer, source, target, at });
process.stdout.write('done\n');
