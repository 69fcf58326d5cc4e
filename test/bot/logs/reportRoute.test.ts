import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HttpDoor } from '../../../bot/http/httpDoor.ts';
import type { LogLinks } from '../../../bot/logs/logLinks.ts';
import { logRoute } from '../../../bot/logs/logRoute.ts';
import { reportRoute } from '../../../bot/logs/reportRoute.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import { signReport } from '../../../engine/reports/signedReport.ts';
import { aReport, OWN } from '../../engine/reports/samples.ts';
import { jonas, LATER, NOW } from '../builders.ts';
import { createMemoryJournal } from '../doubles/memoryJournal.ts';
import { openLinkDoor } from './linkDoor.ts';

let door: HttpDoor;
let journal: Journal;
let links: LogLinks;
let elapsedMs: number;
let runId: string;
let text: string;

beforeEach(async () => {
  elapsedMs = 0;
  const clock = { now: () => NOW, elapsedMs: () => elapsedMs, sleep: async () => {} };
  const memory = createMemoryJournal(() => NOW);
  ({ runId } = await memory.draft({
    target: 'uat',
    source: 'prod',
    requestedBy: jonas,
    zone: 'UTC',
    expiresAt: LATER,
  }));
  const signed = signReport(aReport({ run: runId }), OWN.own);
  text = signed.text;
  await memory.keepReport(runId, { sha256: signed.head.sha256, text });
  journal = {
    ...memory,
    run: async (id) => {
      const run = await memory.run(id);
      return run && { ...run, report: signed.head };
    },
  };
  ({ door, links } = await openLinkDoor(clock, (server, made) => {
    logRoute({ links: made, journal, clock })(server);
    const living: Pick<Journal, 'run' | 'report'> = {
      run: (id) => journal.run(id),
      report: (...of) => journal.report(...of),
    };
    reportRoute({ links: made, journal: living, clock, keys: [OWN.open] })(server);
  }));
});
afterEach(() => door.close());

const open = (url: string, more = '') => fetch(door.url + new URL(url).pathname + more);

test('a report › opens as a page that runs and loads nothing, with the signed file beside it', async () => {
  const page = await open(links.report.urlFor(runId));
  const html = await page.text();
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(html).toContain('This report is signed with reports-2026, and unaltered.');
  const [, link = ''] = /<a href="([^"]+)">/.exec(html) ?? [];
  const file = await fetch(new URL(link, page.url));
  expect([file.status, file.headers.get('content-disposition')]).toEqual([
    200,
    `attachment; filename="${runId}.report.json"`,
  ]);
  expect(await file.text()).toBe(text);
});

test('a link › to the report opens no log, and one to the log no report', async () => {
  const [log, report] = [links.urlFor(runId), links.report.urlFor(runId)];
  const statuses = await Promise.all(
    [log, report, log.replace('/logs/', '/reports/'), report.replace('/reports/', '/logs/'), `${report}x`].map(
      async (url) => (await open(url)).status,
    ),
  );
  expect(statuses).toEqual([200, 200, 403, 403, 403]);
});

test('a report › that is not as it was made, or not there, is not shown', async () => {
  const { report } = journal;
  journal = { ...journal, report: async (...of) => (await report(...of))?.replace('5210', '5211') };
  const altered = await open(links.report.urlFor(runId));
  expect([altered.status, await altered.text()]).toEqual([
    409,
    `The report of ${runId} is ALTERED: it is not as the worker made it. rewind audit ${runId} says more.\n`,
  ]);
  journal = { ...journal, report: async () => undefined };
  expect((await open(links.report.urlFor(runId), '/file')).status).toBe(404);
});

test('reports › are not opened faster from one address than anybody reads', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 21; n += 1) statuses.push((await open(links.report.urlFor(runId))).status);
  expect(statuses).toEqual([...Array<number>(20).fill(200), 429]);
  elapsedMs += 60_000;
  expect((await open(links.report.urlFor(runId))).status).toBe(200);
});
