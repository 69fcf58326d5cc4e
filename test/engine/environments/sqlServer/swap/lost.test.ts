import { afterAll, beforeAll, expect, test } from 'vitest';
import { aScene, type Scene } from '../refresh.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await aScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const names = () => Object.values(scene.fixture.target.databases);
const master = (text: string) => scene.fixture.admin.query('master', text);

async function switched(runId: string): Promise<void> {
  await scene.act('restore', runId);
  await scene.act('swap', runId);
}

const isBack = async (runId: string) => {
  const { target, isOpen } = await scene.observe(runId);
  expect({ target, isOpen }).toEqual({ target: 'old', isOpen: true });
  expect(await scene.rows('target', runId)).toEqual([-1]);
  await scene.act('drop-incoming', runId);
};

test.for([1, 2])(
  '%i of two copies that are dropped right after the switch › answer nothing, and the rollback finds the former databases',
  async (count) => {
    const runId = `R-lost-${String(count)}`;
    await switched(runId);
    for (const name of names().slice(0, count)) await master(`DROP DATABASE [${name}]`);
    expect((await scene.observe(runId)).target).toBe(count === 2 ? 'none' : 'split');
    await scene.act('swap-back', runId);
    await isBack(runId);
  },
);

test.for(['OFFLINE', 'SUSPECT', 'RECOVERY_PENDING'] as const)(
  'a new database that is %s right after the switch › answers nothing; the rollback says what is in its way, and goes on once that is gone',
  async (state) => {
    const runId = `R-${state}`;
    await switched(runId);
    for (const name of names()) scene.database(name).state = state;
    expect((await scene.observe(runId)).target).toBe('none');
    const [name = ''] = names();
    await expect(scene.act('swap-back', runId)).rejects.toMatchObject({
      code: 'new-database-down',
      message: expect.stringContaining(`${name} is ${state}`) as string,
      remedy: expect.stringContaining(`DROP DATABASE [${name}]`) as string,
    });
    for (const one of names()) await master(`DROP DATABASE [${one}]`);
    await scene.act('swap-back', runId);
    await isBack(runId);
  },
);

test('a target that is offline before the switch › answers nothing', async () => {
  await scene.act('restore', 'R-before');
  for (const name of names()) scene.database(name).state = 'OFFLINE';
  expect((await scene.observe('R-before')).target).toBe('none');
  for (const name of names()) scene.database(name).state = 'ONLINE';
  await isBack('R-before');
});

test('a new database that has lost its mark › is no former one; the rollback names the statement that marks it again', async () => {
  const runId = 'R-unmarked';
  await switched(runId);
  for (const name of names())
    await scene.fixture.admin.query(name, `EXEC sys.sp_dropextendedproperty @name = N'Rewind.Run'`);
  expect((await scene.observe(runId)).target).toBe('new');
  const mend: string[] = [];
  for (const name of names()) {
    const refusal = await scene.act('swap-back', runId).then(
      () => undefined,
      (error: { code: string; message: string; remedy: string }) => error,
    );
    expect(refusal).toMatchObject({ code: 'mark-unclear', message: expect.stringContaining(name) as string });
    const statement = /EXEC .*?N'Rewind\.Run'.*?;/.exec(refusal?.remedy ?? '')?.[0] ?? '';
    mend.push(statement);
    await master(statement);
  }
  expect(mend).toHaveLength(2);
  await scene.act('swap-back', runId);
  await isBack(runId);
});

test('a database with the name of a run’s copy and the mark of another › is neither restored over nor dropped', async () => {
  await scene.act('restore', 'R-own');
  const [name = ''] = names();
  const copy = `${name}__incoming_R-own`;
  const update = (runId: string) =>
    scene.fixture.admin.query(copy, `EXEC sys.sp_updateextendedproperty @name = N'Rewind.Run', @value = N'${runId}'`);
  await update('R-77');
  await expect(scene.act('restore', 'R-own')).rejects.toMatchObject({
    code: 'mark-unclear',
    message: expect.stringContaining(copy) as string,
  });
  await scene.act('drop-incoming', 'R-own');
  expect(scene.log.at(-1)).not.toContain(`${copy} is dropped`);
  expect(scene.database(copy).state).toBe('ONLINE');
  await update('R-own');
  await scene.act('drop-incoming', 'R-own');
  expect(() => scene.database(copy)).toThrow('no database');
});
