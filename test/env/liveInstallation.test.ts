import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createDesk } from '../../engine/journal/desk.ts';
import { openLiveInstallation } from '../../env/liveInstallation.ts';
import { createMemoryJournal } from '../bot/doubles/memoryJournal.ts';
import { JONAS, LARS, MIRA, TENANT } from '../builders.ts';
import { NOW } from '../engine/journal/builders.ts';

let folder: string;
let file: string;
let logged: (readonly [string, object | undefined])[];
const note = (event: string, fields?: object) => void logged.push([event, fields]);
const log = { info: note, warn: note, error: note };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rewind-live-'));
  file = join(folder, 'environments.yaml');
  logged = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const databases = { application: 'AxDB', financialReporting: 'MR' };

function write(requesters: readonly string[], names: readonly string[] = ['uat']): void {
  const sandbox = {
    ...{ provider: 'sql', databases, sources: ['prod'], requesters, approvers: [MIRA.id, LARS.id] },
    administrator: { signIn: 'admin@contoso.example', objectId: MIRA.id, tenantId: TENANT },
  };
  writeFileSync(
    file,
    stringify({
      sources: { prod: { provider: 'sql', databases } },
      sandboxes: Object.fromEntries(names.map((name) => [name, sandbox])),
    }),
  );
}

const deskOf = (live: ReturnType<typeof openLiveInstallation>) =>
  createDesk({
    journal: createMemoryJournal(() => NOW),
    installation: live.installation,
    wake: { plan: () => Promise.resolve(), proceed: () => Promise.resolve() },
    now: () => NOW,
    sign: 'unsigned',
  });

test('somebody who is taken out of environments.yaml › is refused at once by a process that runs', async () => {
  write([JONAS.id, MIRA.id]);
  const live = openLiveInstallation(file, log);
  const desk = deskOf(live);
  const before = live.version();
  const { runId } = await desk.draft(JONAS, 'uat', 'UTC');
  write([MIRA.id]);
  await expect(desk.chooseMoment(JONAS, runId, NOW)).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(desk.draft(JONAS, 'uat', 'UTC')).rejects.toMatchObject({ code: 'not-allowed' });
  expect((await desk.chooseMoment(MIRA, runId, NOW)).isPlanning).toBe(true);
  expect(live.version()).not.toBe(before);
  expect(logged).toEqual([['environments-changed', { version: live.version() }]]);
});

test('a file that cannot be used › lets nobody do anything until it can, and is said once', async () => {
  write([JONAS.id]);
  const live = openLiveInstallation(file, log);
  const desk = deskOf(live);
  const { runId } = await desk.draft(JONAS, 'uat', 'UTC');
  for (const broken of ['sandboxes: [', 'people: 5']) {
    writeFileSync(file, broken);
    await expect(desk.keep(JONAS, runId)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(live.isCurrent()).toBe(false);
  }
  rmSync(file);
  await expect(desk.keep(JONAS, runId)).rejects.toMatchObject({ code: 'not-allowed' });
  // Cards go on being drawn as before.
  expect(live.lastUsable.sandboxes[0]?.requesters).toEqual([JONAS.id]);
  expect(logged.map(([event]) => event)).toEqual(Array(3).fill('environments-unusable'));
  write([JONAS.id]);
  expect((await desk.keep(JONAS, runId)).state).toBe('aborted');
  expect(live.isCurrent()).toBe(true);
});

test('a sandbox that was not there at the start › waits for a restart, and one that is gone is gone', async () => {
  write([JONAS.id], ['uat', 'old']);
  const live = openLiveInstallation(file, log);
  write([JONAS.id], ['uat', 'new']);
  expect(live.installation.sandboxes.map(({ name }) => name)).toEqual(['uat']);
  expect(logged.at(-1)).toEqual(['environments-need-a-restart', { sandboxes: ['new'] }]);
});
