import { systemClock } from '../../../../engine/clock.ts';
import { openPostgresProvider } from '../../../../engine/environments/postgres/provider.ts';
import { actOn } from '../actOn.ts';
import type { Action, ActContext } from '../../../../engine/environments/provider.ts';

/** A worker of its own, for tests that kill it: does one act and prints its log. */
type Order = Pick<ActContext, 'source' | 'target' | 'runId' | 'at' | 'fence'> & { readonly action: Action };

// Written by the test that starts this file.
const order = JSON.parse(process.argv[2] ?? '') as Order;
await actOn(openPostgresProvider({ clock: systemClock }), order.action, {
  ...order,
  signal: new AbortController().signal,
  remember: async () => undefined,
  remembered: {},
  progress: () => undefined,
  log: (text) => process.stdout.write(`${text}\n`),
});
