import { writeSync } from 'node:fs';
import { systemClock } from '../../../../engine/clock.ts';
import { openPostgresProvider } from '../../../../engine/environments/postgres/provider.ts';
import { actOn } from '../actOn.ts';
import type { Action, ActContext } from '../../../../engine/environments/provider.ts';

/** A worker of its own: does one act, prints its log, and sends itself the signal at the line that is meant, before it does more. */
type Order = Pick<ActContext, 'source' | 'target' | 'runId' | 'at' | 'fence'> & {
  readonly action: Action;
  readonly line: string;
  readonly signalled: NodeJS.Signals;
};

// Written by the test that starts this file.
const order = JSON.parse(process.argv[2] ?? '') as Order;
await actOn(openPostgresProvider({ clock: systemClock }), order.action, {
  ...order,
  signal: new AbortController().signal,
  remember: async () => undefined,
  remembered: {},
  progress: () => undefined,
  log(text) {
    writeSync(1, `${text}\n`);
    if (new RegExp(order.line).test(text)) process.kill(process.pid, order.signalled);
  },
});
