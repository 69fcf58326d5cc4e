import { access, cp, mkdir, mkdtemp, readdir, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readClusterFolder } from '../../../../engine/environments/postgres/generations.ts';
import { generationName, RUN_MARK } from '../../../../engine/environments/postgres/marks.ts';
import { sandboxSettings } from '../../../../engine/environments/postgres/settings.ts';
import { withSettings } from '../../../../engine/environments/typedSettings.ts';
import { aPostgresScene } from './scene.ts';

const scene = aPostgresScene();
const { act, rows, folderOf: named } = scene;

const isBack = async () => {
  const { target, isOpen } = await scene.observe('R-x');
  expect({ target, isOpen }).toEqual({ target: 'old', isOpen: true });
  expect(await rows('target')).toEqual(scene.fixture().rowsInTargetAtFirst);
  expect(await scene.fixture().canOrdinaryLogin('target')).toBe(true);
};

test.for([
  ['its folder', (copy: string) => rm(copy, { recursive: true })],
  [
    'all that is in it',
    async (copy: string) => Promise.all((await readdir(copy)).map((name) => rm(join(copy, name), { recursive: true }))),
  ],
  ['its mark', (copy: string) => rm(join(copy, 'rewind-run.json'))],
] as const)(
  'a copy that loses %s right after the switch › is never said to be there when it is not, and the rollback finds the former database',
  async ([what, lose]) => {
    const runId = `lost-${what.replaceAll(' ', '-')}`;
    await act('restore', runId);
    await act('swap', runId);
    await lose(await named(new RegExp(`^run-${runId}`)));
    const { target } = await scene.observe(runId);
    expect(target).toBe(what === 'its mark' ? 'new' : 'none');
    await act('swap-back', runId);
    await isBack();
    await act('drop-incoming', runId);
    expect(await named(new RegExp(`^run-${runId}`))).toBe('');
  },
);

const tear = (file: string) => writeFile(file, '{"runId":"R-4');

test('a torn mark › is a finding that names it, and stops nothing on its target', async () => {
  await act('restore', 'R-10');
  const file = join(await named(/^run-R-10\./), 'rewind-run.json');
  await tear(file);
  expect((await scene.fixture().provider.measure(scene.fixture().target)).findings).toEqual([
    { what: expect.stringContaining(file) as string, remedy: expect.stringMatching(/Delete the file if/) as string },
  ]);
  const { checks } = await scene.fixture().provider.plan(scene.fixture().source, scene.fixture().target, scene.at());
  expect(checks).toMatchObject([{ outcome: 'warning', detail: expect.stringContaining(file) as string }]);
  // Nobody knows how far it got, so it is not switched to.
  await expect(act('swap', 'R-10')).rejects.toMatchObject({ code: 'copy-missing' });
  // Other runs go on, and take it for none of theirs.
  await act('restore', 'R-11');
  await act('swap', 'R-11');
  await act('open', 'R-11');
  expect(await rows('target')).toEqual([1]);
  await act('drop-incoming', 'R-77');
  expect(await named(/^run-R-10\./)).not.toBe('');
  await act('swap-back', 'R-11');
  await isBack();
  await act('drop-incoming', 'R-11');
  // Its own run makes it anew.
  await rm(file);
  await act('restore', 'R-10');
  expect(await rows('incoming')).toEqual([1]);
  await act('drop-incoming', 'R-10');
  expect((await scene.fixture().provider.measure(scene.fixture().target)).findings).toBeUndefined();
});

test('the torn mark of the copy in use › takes nothing from it: it is known by its name, opened and rolled back', async () => {
  await act('restore', 'R-12');
  await act('swap', 'R-12');
  const { identity } = await scene.fixture().provider.measure(scene.fixture().target);
  await tear(join(await named(/^run-R-12\./), 'rewind-run.json'));
  expect(await scene.fixture().provider.measure(scene.fixture().target)).toMatchObject({ identity });
  expect(await scene.observe('R-12')).toMatchObject({
    target: 'new',
    isOpen: false,
  });
  await act('swap', 'R-12');
  await act('swap-back', 'R-12');
  await isBack();
  await rm(await named(/^run-R-12\./), { recursive: true });
});

test('the torn mark of a former database › refuses the rollback with its name and what to write there; other runs go on', async () => {
  await act('restore', 'R-13');
  await act('swap', 'R-13');
  const file = join(await named(/^initial/), 'rewind-replaced.json');
  await tear(file);
  const refusal = {
    code: 'mark-unclear',
    message: expect.stringContaining(file) as string,
    remedy: expect.stringContaining('{"runId":"R-13"}') as string,
  };
  await expect(act('swap-back', 'R-13')).rejects.toMatchObject(refusal);
  await expect(act('drop-previous', 'R-13')).rejects.toMatchObject(refusal);
  await act('restore', 'R-14');
  await act('swap', 'R-14');
  await act('swap-back', 'R-14');
  await act('drop-incoming', 'R-14');
  await rm(file);
  await writeFile(file, '{"runId":"R-13"}');
  await act('swap-back', 'R-13');
  await isBack();
  await act('drop-incoming', 'R-13');
});

test('a former database that somebody has copied by hand › is told from its copy, which nobody drops or switches to', async () => {
  await act('restore', 'R-15');
  await act('swap', 'R-15');
  const former = await named(/^initial/);
  const byHand = join(former, '..', 'a-copy-by-hand');
  await cp(former, byHand, { recursive: true });
  await act('swap-back', 'R-15');
  await isBack();
  await act('drop-previous', 'R-15');
  await act('drop-incoming', 'R-15');
  await expect(access(byHand)).resolves.toBeUndefined();
  await rm(byHand, { recursive: true });
});

test('the handbook › names the copy that is switched to, and not a half one beside it', async () => {
  await act('restore', 'R-16');
  const uat = withSettings(scene.fixture().target, sandboxSettings);
  const folder = await readClusterFolder(uat);
  const half = join(uat.settings.folder, 'generations', generationName('R-16', 0));
  await mkdir(half);
  await writeFile(join(half, RUN_MARK), JSON.stringify({ runId: 'R-16', at: scene.at(), state: 'restoring' }));
  const whole = folder.generations.find(({ run }) => run?.runId === 'R-16')?.name ?? '';
  const before = await scene.fixture().provider.handbook(scene.fixture().target, 'R-16', scene.fixture().source);
  await act('swap', 'R-16');
  const behind = await scene.fixture().provider.handbook(scene.fixture().target, 'R-16', scene.fixture().source);
  for (const { finish, undo } of [before, behind]) {
    expect(finish.join('\n')).toContain(`ln -sfn 'generations/${whole}'`);
    expect(undo.join('\n')).toContain(`ln -sfn 'generations/initial'`);
    expect([...finish, ...undo].join('\n')).not.toContain('run-R-16.0');
  }
  await act('swap-back', 'R-16');
  await act('drop-incoming', 'R-16');
});

test('free space › is measured where copies are written', async () => {
  const { root } = scene.fixture();
  // On another file system than the scene, which lies in memory where there is plenty.
  const other = root.startsWith('/dev/shm/') ? join(import.meta.dirname, '../../../../build') : '/dev/shm';
  await mkdir(other, { recursive: true });
  const elsewhere = await mkdtemp(join(other, 'rewind-'));
  const folder = join(root, 'elsewhere');
  try {
    await mkdir(join(elsewhere, 'a', 'global'), { recursive: true });
    await writeFile(join(elsewhere, 'a', 'global', 'pg_control'), Buffer.alloc(8, 1));
    await mkdir(folder);
    await symlink(elsewhere, join(folder, 'generations'));
    await symlink(join('generations', 'a'), join(folder, 'current'));
    const settings = { ...(scene.fixture().target.settings as object), folder };
    const { freeBytes = 0 } = await scene.fixture().provider.measure({ ...scene.fixture().target, settings });
    const { bavail, bsize } = await statfs(elsewhere);
    // Others write there too.
    expect(Math.abs(freeBytes - bavail * bsize)).toBeLessThan(1_000_000_000);
    expect((await statfs(folder)).blocks).not.toBe((await statfs(elsewhere)).blocks);
  } finally {
    await rm(elsewhere, { recursive: true });
  }
});
