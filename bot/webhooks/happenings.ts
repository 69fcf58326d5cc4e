import { z } from 'zod';
import type { Announced, Instant, Run, Sandbox } from '../../engine/contracts.ts';
import { later } from '../../engine/journal/desk.ts';
import type { Happening } from '../../engine/journal/webhooks.ts';

/** Records that tell those something who work in the sandbox. */
const EVENTS: Readonly<Record<string, Announced>> = {
  approve: 'approved',
  'await-cutover': 'switch-announced',
  'switch-now': 'switch-announced',
  swapped: 'switched',
  complete: 'back-online',
  fail: 'failed',
  'rolled-back': 'rolled-back',
  stopped: 'skipped',
  reject: 'skipped',
  expire: 'skipped',
  skip: 'skipped',
};

export const HEARD: readonly string[] = Object.keys(EVENTS);

const DAY_MS = 86_400_000;
/** What is due at once is still worth a word. */
const SHORTEST_MS = 60_000;

const content = z.object({
  at: z.string().optional(),
  failure: z.object({ step: z.string(), code: z.string() }).optional().catch(undefined),
});

export interface ToTell {
  readonly what: Announced;
  readonly body: string;
  readonly until: Instant;
}

/** What a record is called there, and what is said about it: no people, no reasons, no data. Nothing for what concerns nobody. */
export function toTell({ event, at, data }: Happening, run: Run, sandbox: Sandbox): ToTell | undefined {
  const what = EVENTS[event];
  const { at: switchAt, failure } = content.parse(data);
  // A draft that ran out was never asked for, and a wait for a click has no moment.
  if (what === undefined || (what === 'skipped' && run.reason === undefined)) return undefined;
  if (what === 'switch-announced' && switchAt === undefined) return undefined;
  const body = {
    type: `refresh.${what.replaceAll('-', '_')}`,
    timestamp: at,
    data: {
      ...{
        run: run.runId,
        sandbox: sandbox.name,
        title: sandbox.title,
        timeZone: sandbox.timeZone,
        source: run.source,
      },
      ...(run.at === undefined ? {} : { recoveryPoint: run.at }),
      ...(what === 'switch-announced' ? { switchAt } : {}),
      ...(sandbox.url === undefined ? {} : { url: sandbox.url }),
      ...(what === 'failed' && failure ? { step: failure.step, code: failure.code, target: run.targetState } : {}),
    },
  };
  const shortest = later(at, SHORTEST_MS);
  const until = what === 'switch-announced' && switchAt ? [switchAt, shortest].toSorted().at(-1) : later(at, DAY_MS);
  return { what, body: JSON.stringify(body), until: until ?? shortest };
}
