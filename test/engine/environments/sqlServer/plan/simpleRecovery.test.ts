import { expect, test } from 'vitest';
import { reportError } from '../../../../../engine/errors.ts';
import { aScene } from '../refresh.ts';

test('a source that is in simple recovery by half › is planned for the end of a backup or refused, never for a moment before the one asked for', async () => {
  await using scene = await aScene();
  const { admin, provider, source, target, server, commit } = scene.fixture;
  const { application, financialReporting } = source.databases;
  const backUp = async (kind: string, database: string, name: string) => {
    await admin.query('master', `BACKUP ${kind} [${database}] TO DISK = N'${server.backupFolder}${name}' WITH INIT`);
    await server.nextSecond();
  };
  await admin.query('master', `ALTER DATABASE [${application}] SET RECOVERY SIMPLE`);
  await server.nextSecond();
  await backUp('DATABASE', application, 'simple.bak');
  const asked = await commit();
  await server.nextSecond();
  await backUp('LOG', financialReporting, 'simple1.trn');
  await commit();
  await backUp('LOG', financialReporting, 'simple2.trn');

  const failure = await provider.plan(source, target, asked).then(
    () => reportError(new Error('no error')),
    (error: unknown) => reportError(error),
  );
  expect(failure.code).toBe('recovery-point-unreachable');
  const nearest = /nearest reachable: (\S+Z)/.exec(failure.remedy)?.[1] ?? '';
  expect(Date.parse(nearest)).toBeLessThanOrEqual(Date.parse(asked));

  const plan = await provider.plan(source, target, nearest);
  expect(plan.at).toEqual({ application: nearest, financialReporting: nearest });
  expect(plan.checks?.filter(({ name }) => name === 'restore-chain')).toEqual([]);
  await scene.act('restore', 'R-1', { at: nearest });
  expect(scene.log.filter((line) => line.includes('STOPAT')).every((line) => line.includes('uatmr'))).toBe(true);
  expect(await scene.rows('incoming', 'R-1')).toEqual([1, 2, 3]);
});
