import { expect, test } from 'vitest';
import { aScene } from '../refresh.ts';

test('a swap and its way back › say in the log that the chain of log backups is broken, and what mends it', async () => {
  await using scene = await aScene();
  await scene.act('restore', 'R-1');
  await scene.act('swap', 'R-1');
  expect(scene.log).toContain(
    'Log backups of the former databases end here: the new ones need a full backup before their first log backup',
  );
  await scene.act('swap-back', 'R-1');
  expect(scene.log).toContain(
    `${scene.fixture.target.name} has its former databases again; they need a full backup before the next log backup`,
  );
});

test('retiring › looks for the files that it should have taken along, folders among them, and names those that stayed', async () => {
  await using scene = await aScene();
  await scene.act('restore', 'R-1');
  await scene.act('swap', 'R-1');
  const { state } = scene.standIn;
  const former = state.databases.find(({ name }) => name === 'uatax_rewindtest__previous_R-1');
  if (!former) throw new Error('no former database');
  former.files.push({ id: 3, logicalName: 'docs', physicalName: 'D:\\Data\\docs', type: 'FILESTREAM', sizeBytes: 1 });
  state.strayFiles.add('D:\\Data\\uatax_rewindtest.mdf').add('D:\\Data\\docs\\');
  scene.log.length = 0;
  await scene.act('drop-previous', 'R-1');
  expect(scene.log).toEqual([
    'uatax_rewindtest__previous_R-1 is dropped',
    'Delete by hand: D:\\Data\\uatax_rewindtest.mdf was left behind',
    'Delete by hand: D:\\Data\\docs was left behind',
    'uatmr_rewindtest__previous_R-1 is dropped',
  ]);
});

test('retiring › says when the server does not tell whether files are gone', async () => {
  await using scene = await aScene();
  await scene.act('restore', 'R-1');
  const refused = scene.standIn.fault({
    match: /dm_os_file_exists/,
    nth: 'every',
    effect: { error: { number: 208, message: "Invalid object name 'sys.dm_os_file_exists'." } },
  });
  scene.log.length = 0;
  await scene.act('drop-incoming', 'R-1');
  refused.remove();
  expect(scene.log[1]).toMatch(/^The server does not tell whether files are gone; look for D:\\.*\.mdf, D:\\.*\.ldf$/);
});
