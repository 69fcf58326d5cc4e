import { freezeAt } from './freezing.ts';
import type { Order } from './order.ts';

// Written by the test that starts this file.
const { work, source, target, at, freezeAt: place, ...hold } = JSON.parse(process.argv[2] ?? '') as Order;
freezeAt(place);
const { systemClock } = await import('../../../../engine/clock.ts');
const { openPostgresProvider } = await import('../../../../engine/environments/postgres/provider.ts');
const { performWork } = await import('./performWork.ts');

const provider = openPostgresProvider({ clock: systemClock });
const writer = provider.open(target, { ...hold, signal: new AbortController().signal }, source);
await performWork(work, { writer, source, target, at });
process.stdout.write('done\n');
