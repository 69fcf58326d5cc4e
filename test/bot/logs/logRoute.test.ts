import { afterEach, beforeEach, expect, test } from 'vitest';
import { logRoute } from '../../../bot/logs/logRoute.ts';
import type { HttpDoor } from '../../../bot/http/httpDoor.ts';
import { jonas, LATER, NOW } from '../builders.ts';
import { createMemoryJournal } from '../doubles/memoryJournal.ts';
import { openLinkDoor } from './linkDoor.ts';

let door: HttpDoor;
let elapsedMs: number;
let link: string;

beforeEach(async () => {
  elapsedMs = 0;
  const clock = { now: () => NOW, elapsedMs: () => elapsedMs, sleep: async () => {} };
  const journal = createMemoryJournal(() => NOW);
  const run = await journal.draft({ target: 'uat', source: 'prod', requestedBy: jonas, zone: 'UTC', expiresAt: LATER });
  const opened = await openLinkDoor(clock, (server, links) => logRoute({ links, journal, clock })(server));
  ({ door } = opened);
  link = door.url + new URL(opened.links.urlFor(run.runId)).pathname;
});
afterEach(() => door.close());

const open = (url: string, from?: string) =>
  fetch(url, { headers: from === undefined ? {} : { 'x-forwarded-for': from } });
const statuses = async (count: number, url: string, from?: string) => {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) all.push((await open(url, from)).status);
  return all;
};

test('a log › is not read faster from one address than anybody reads', async () => {
  expect(await statuses(21, link)).toEqual([...Array<number>(20).fill(200), 429]);
  const refused = await open(link);
  expect([refused.headers.get('retry-after'), await refused.text()]).toEqual([
    '60',
    'Too many logs at once from your address. Open the link again in a minute.\n',
  ]);
  elapsedMs += 60_000;
  expect((await open(link)).status).toBe(200);
});

test('links that are tried out › are stopped as early, and other addresses behind the same proxy are served', async () => {
  expect(await statuses(21, `${door.url}/logs/guess`, '203.0.113.5')).toEqual([...Array<number>(20).fill(403), 429]);
  expect(await statuses(1, link, '203.0.113.6')).toEqual([200]);
  // The proxy appends the sender it sees; what stands before that was written by the sender.
  expect(await statuses(1, link, '203.0.113.7, 203.0.113.5')).toEqual([429]);
});
