import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMarks, REPLACED_MARK, RUN_MARK } from '../../../../engine/environments/postgres/marks.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rewind-marks-'));
});
afterAll(() => rm(root, { recursive: true }));

const whole = { runId: 'R-4', at: '2026-11-20T18:00:00.000Z', state: 'closed' };

/** A data directory of that name, with these marks in it. */
async function aFolder(name: string, marks: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = join(await mkdtemp(join(root, 'generations-')), name);
  await mkdir(folder);
  for (const [file, content] of Object.entries(marks)) {
    if (content === 'a folder') await mkdir(join(folder, file));
    else await writeFile(join(folder, file), content);
  }
  return folder;
}

const UNREADABLE: readonly (readonly [string, string | Buffer, string])[] = [
  ['torn', '{"runId":"R-4', 'it does not hold what Rewind writes there'],
  ['empty', '', 'it is empty'],
  ['of line breaks', '\n\n', 'it is empty'],
  ['of another kind', '[1,2]', 'it does not hold what Rewind writes there'],
  ['of zeros', Buffer.alloc(512), 'it does not hold what Rewind writes there'],
  ['binary', Buffer.from([0xff, 0xfe, 0x00, 0x7b]), 'it does not hold what Rewind writes there'],
  ['a folder', 'a folder', 'it cannot be read (EISDIR)'],
];

test.for(UNREADABLE)(
  'a mark that is %s › says nothing but what its folder is called, and is named',
  async ([, content, why]) => {
    const folder = await aFolder('run-R-4.7', { [RUN_MARK]: content, [REPLACED_MARK]: content });
    expect(await readMarks(folder, 'run-R-4.7')).toEqual({
      run: { runId: 'R-4' },
      unclear: [
        { kind: 'run', file: join(folder, RUN_MARK), why },
        { kind: 'replaced', file: join(folder, REPLACED_MARK), why },
      ],
    });
  },
);

test.for([
  ['run-R-4.7', { run: whole, unclear: [] }],
  ['run-R-4.12', { run: whole, unclear: [] }],
  ['run-R-44.7', { run: { runId: 'R-44' }, unclear: [{ kind: 'run', why: 'it names R-4, the folder does not' }] }],
  ['run-R-4.7-copy', { unclear: [{ kind: 'run', why: 'it names R-4, the folder does not' }] }],
  ['initial', { unclear: [{ kind: 'run', why: 'it names R-4, the folder does not' }] }],
] as const)('a run’s mark in the folder %s › is believed only where the name agrees', async ([name, expected]) => {
  const folder = await aFolder(name, { [RUN_MARK]: JSON.stringify(whole) });
  const { unclear, ...marks } = await readMarks(folder, name);
  expect({ ...marks, unclear: unclear.map(({ kind, why }) => ({ kind, why })) }).toEqual(expected);
});

test('a folder of a run whose mark is gone › is known by its name, and how far it got is not', async () => {
  const folder = await aFolder('run-R-4.7', {});
  expect(await readMarks(folder, 'run-R-4.7')).toEqual({ run: { runId: 'R-4' }, unclear: [] });
});

test('a former database’s mark › written before it named its folder is believed, one for another folder is not', async () => {
  const before = await aFolder('initial', { [REPLACED_MARK]: '{"runId":"R-4"}' });
  expect(await readMarks(before, 'initial')).toEqual({ replacedBy: 'R-4', unclear: [] });
  const own = await aFolder('initial', { [REPLACED_MARK]: '{"runId":"R-4","name":"initial"}' });
  expect(await readMarks(own, 'initial')).toEqual({ replacedBy: 'R-4', unclear: [] });
  const copied = await aFolder('mine', { [REPLACED_MARK]: '{"runId":"R-4","name":"initial"}' });
  expect(await readMarks(copied, 'mine')).toMatchObject({ unclear: [{ kind: 'copied' }] });
});
