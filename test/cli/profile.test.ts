import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { MIRA } from '../builders.ts';
import { rewind, startCliHouse, type CliHouse } from './house.ts';

let house: CliHouse;
const folder = mkdtempSync(join(tmpdir(), 'rewind-profile-'));
beforeAll(async () => {
  house = await startCliHouse();
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  for (const [name, value] of Object.entries(house.variables)) vi.stubEnv(name, value);
});

function operatedBy(id: string): string {
  const file = z
    .looseObject({ sandboxes: z.object({ uat: z.looseObject({}) }) })
    .parse(parse(readFileSync(house.variables['REWIND_ENVIRONMENTS'] ?? '', 'utf8')));
  file.sandboxes.uat['operators'] = [id];
  const path = join(folder, 'operators.yaml');
  writeFileSync(path, stringify(file));
  return path;
}

const LIST = {
  enabledBefore: ['JONAS', 'GONE', 'UATKEY1'],
  enabled: ['JONAS'],
  left: [
    { id: 'GONE', why: 'disabled-in-production' },
    { id: 'UATKEY1', why: 'not-in-production' },
  ],
  withheld: [{ id: 'JONAS', role: '-SYSADMIN-', why: 'only-by-name' }],
  jobsBefore: ['5637144580'],
  released: [],
  jobsLeft: [{ n: 1, why: 'sends' }],
};

test('profile › lists users and jobs with the reasons, for operators alone', async () => {
  const { runId } = await house.completedRun();
  const missing = await rewind('profile', runId, '--as', 'Jonas Weber');
  expect(missing).toMatchObject({ exitCode: 1 });
  expect(missing.err).toContain(`${runId} has no list of users and jobs`);

  await house.journal.keepProfileList(runId, {
    kind: 'operators',
    text: JSON.stringify(LIST),
    until: '2999-01-01T00:00:00.000Z',
  });
  const shown = await rewind('profile', runId.toLowerCase(), '--as', 'Jonas Weber');
  expect(shown.exitCode).toBe(0);
  expect(shown.out.split('\n')).toEqual([
    'Enabled in the sandbox before: JONAS, GONE, UATKEY1',
    'Enabled by the profile: JONAS',
    '  GONE stays disabled: production had the user disabled',
    '  UATKEY1 stays disabled: production had no user of that id',
    '  JONAS without the role -SYSADMIN-: roles that administer go to those alone whom the profile names as administrators',
    'Batch jobs at work in the sandbox before (record numbers): 5637144580',
    '  “job 1 of the profile” stays withheld: its class or caption says that it sends, prints or gives rights',
  ]);
  // Kept for that long, and not until somebody has cleared it away.
  await house.journal.keepProfileList(runId, {
    kind: 'operators',
    text: JSON.stringify(LIST),
    until: '2001-01-01T00:00:00.000Z',
  });
  expect((await rewind('profile', runId, '--as', 'Jonas Weber')).err).toContain('has no list of users and jobs');
  // Where the file names operators, whoever asks for refreshes is none.
  vi.stubEnv('REWIND_ENVIRONMENTS', operatedBy(MIRA.id));
  const refused = await rewind('profile', runId, '--as', 'Jonas Weber');
  expect(refused.exitCode).toBe(1);
  expect(refused.err).toContain('may not read which users and jobs a profile brought back');
  // Nothing of it is in what others may have of the run.
  for (const words of [['log', runId], ['status'], ['audit', runId]])
    expect((await rewind(...words)).out).not.toContain('UATKEY1');
});
