import { afterEach, expect, test } from 'vitest';
import { reportError } from '../../../../../engine/errors.ts';
import type { Database } from '../../../../sqlServer/state/databaseModel.ts';
import { aScene, momentBehindNewFull, type Scene } from '../refresh.ts';
import type { StandInWish } from '../../../../sqlServer/standIn.ts';

let scene: Scene;
let late: string;
/** A server whose production has what `prepare` gives it, and full backups of that. */
async function open(wish: StandInWish, prepare: (production: Database) => void): Promise<void> {
  scene = await aScene(wish);
  prepare(database('prodax_rewindtest'));
  late = await momentBehindNewFull(scene);
}
afterEach(() => scene[Symbol.asyncDispose]());

const database = (name: string) => {
  const found = scene.standIn.state.databases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no database ${name}`);
  return found;
};
const plan = () => scene.fixture.provider.plan(scene.fixture.source, scene.fixture.target, late);
const rows = async (name: string) =>
  ((await plan()).checks ?? []).filter((check) => check.name === name).map(({ outcome, detail }) => [outcome, detail]);
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => reportError(new Error('no error')),
    (error: unknown) => reportError(error),
  );

test.for([
  [
    'has_compressed_tables',
    'uatax_rewindtest__incoming_R-1 has compressed tables (CUSTTRANS), which this edition does not take (SQL Server error 909',
  ],
  [
    'has_partition_function',
    'uatax_rewindtest__incoming_R-1 has a partition function (AuditPFN), which this edition does not take (SQL Server error 905',
  ],
] as const)(
  'a copy with %s that an old Standard edition does not start › fails with the feature, and leaves the target alone',
  async ([flag, message]) => {
    await open({ edition: 'Standard Edition', version: [13, 0, 1601] }, ({ options }) => {
      options.flags[flag] = 1;
    });
    expect(await rows('edition')).toEqual([
      [
        'warning',
        'Standard Edition (64-bit) 13.0.1601.1 starts no database with partitions or compressed tables (905, 909)',
      ],
    ]);
    const failure = await failureOf(scene.act('restore', 'R-1', { at: late }));
    expect(failure).toMatchObject({
      code: 'edition-lacks-feature',
      message: expect.stringContaining(message) as string,
    });
    await scene.act('drop-incoming', 'R-1');
    expect(await scene.observe('R-1')).toMatchObject({ target: 'old', isOpen: true });
    expect(scene.standIn.state.databases.filter(({ name }) => name.includes('__incoming_'))).toEqual([]);
  },
);

test('an edition that starts everything › is not warned of', async () => {
  await open({ edition: 'Standard Edition', version: [13, 0, 4001] }, ({ options }) => {
    options.flags['has_compressed_tables'] = 1;
  });
  expect(await rows('edition')).toEqual([]);
  await scene.act('restore', 'R-1', { at: late });
  expect(await scene.rows('incoming', 'R-1')).toHaveLength(4);
});

test('FILESTREAM that is off › is warned of in the plan, and named when the server refuses the restore', async () => {
  await open({}, ({ files }) => {
    files.push({
      id: 3,
      logicalName: 'docs',
      physicalName: 'D:\\Data\\docs',
      type: 'FILESTREAM',
      sizeBytes: 1_048_576,
    });
  });
  expect(await rows('filestream')).toEqual([
    ['warning', 'It is off on the target’s server, and production has docs of prodax_rewindtest'],
  ]);
  const failure = await failureOf(scene.act('restore', 'R-1', { at: late }));
  expect(failure.code).toBe('filestream-off');
  scene.standIn.state.filestreamLevel = 1;
  expect(await rows('filestream')).toEqual([]);
  await scene.act('restore', 'R-1', { at: late });
  const { files } = database('uatax_rewindtest__incoming_R-1');
  expect(files.map(({ physicalName }) => physicalName.replace(/^.*\\/, ''))).toEqual([
    'uatax_rewindtest__R-1_1_1.mdf',
    'uatax_rewindtest__R-1_1_2.ldf',
    'uatax_rewindtest__R-1_1_3',
  ]);
});

test('a collation that is not the target’s › is warned of, with the server’s', async () => {
  await open({}, ({ options }) => {
    options.collation = 'Latin1_General_CI_AS';
  });
  expect(await rows('same-collation')).toEqual([
    [
      'warning',
      'prodax_rewindtest is Latin1_General_CI_AS, uatax_rewindtest SQL_Latin1_General_CP1_CI_AS, the server SQL_Latin1_General_CP1_CI_AS',
    ],
  ]);
});

test('an error that ends the connection behind it › is still told from a lost connection', async () => {
  await open({}, () => undefined);
  scene.standIn.fault({
    match: /WITH RECOVERY/,
    effect: {
      error: {
        number: 909,
        severity: 21,
        message: "Database 'x' cannot be started: object 'CUSTTRANS' is compressed.",
      },
    },
  });
  expect((await failureOf(scene.act('restore', 'R-1'))).code).toBe('edition-lacks-feature');
});
