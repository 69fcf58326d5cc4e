import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Command, Policy, Sandbox } from '../../../engine/contracts.ts';
import { wallClock } from '../../../engine/planning/wallTime.ts';
import { JONAS } from '../../builders.ts';
import { aHouse } from '../house.ts';

const MINUTE = 60_000;

/** A command that writes down what it was told, and ends as the test wants. */
function anAnnouncer(ends = 'exit 0', policy: Partial<Policy> = {}, commands: Sandbox['commands'] = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-announce-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'told');
  const told = `echo "$REWIND_EVENT $REWIND_RUN $REWIND_SWITCH_AT $REWIND_SWITCH_AT_LOCAL $REWIND_TIME_ZONE" >> '${file}'`;
  const announce: Command = { command: 'sh', args: ['-c', `${told}; ${ends}`], timeoutMs: 500 };
  const house = aHouse({
    sandbox: { commands: { announce, ...commands }, policy: { cutoverWarningMs: MINUTE, ...policy } },
  });
  const read = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
  return { house, events: () => read().map((line) => line.split(' ')[0]), lines: read };
}

test('an announcement › tells the switch with its moment in the sandbox’s zone, that it is back, and a rollback, each once', async () => {
  const { house, lines } = anAnnouncer();
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  const at = (await house.run(runId)).cutover?.at ?? '';
  expect(lines()).toEqual([`switch-announced ${runId} ${at} ${wallClock(at, 'Europe/Berlin')} Europe/Berlin`]);
  expect(wallClock('2026-11-20T12:00:00.500Z', 'Europe/Berlin')).toBe('2026-11-20T13:00:00');
  // Woken up before its time, and by a second worker.
  await house.proceed(runId, { worker: 'worker-b' });
  await house.clock.advance(MINUTE);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
  await house.desk.rollBack(JONAS, runId);
  await house.proceed(runId);
  expect(lines().map((line) => line.trim())).toEqual([
    expect.stringMatching(/^switch-announced /),
    `back-online ${runId}   Europe/Berlin`,
    `rolled-back ${runId}   Europe/Berlin`,
  ]);
  expect((await house.run(runId)).announced?.map(({ what, by, why }) => [what, by, why])).toEqual([
    ['switch-announced', 'command', undefined],
    ['back-online', 'command', undefined],
    ['rolled-back', 'command', undefined],
  ]);
});

test('an announcement › of a switch on click comes with the click, when there is a moment', async () => {
  const { house, events } = anAnnouncer('exit 0', { cutover: { kind: 'on-click' } });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect(events()).toEqual([]);
  await house.desk.switchNow(JONAS, runId);
  await house.proceed(runId);
  expect(events()).toEqual(['switch-announced']);
  expect((await house.run(runId)).announced).toMatchObject([{ for: (await house.run(runId)).cutover?.at }]);
});

test.each([
  ['exit 3', 'failed'],
  ['sleep 9', 'no-answer'],
])('an announcement › that comes to nothing (%s) stops no run, and is a record', async (ends, why) => {
  const { house } = anAnnouncer(ends, { cutoverWarningMs: 0 });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  const run = await house.run(runId);
  expect([run.state, run.announced?.map((one) => one.why)]).toEqual(['completed', [why, why]]);
  const records = await house.journal.records(runId);
  expect(records.filter(({ event }) => event === 'announced').map(({ data }) => data)).toMatchObject([
    { what: 'switch-announced', by: 'command', why },
    { what: 'back-online', by: 'command', why },
  ]);
  expect(await house.logged(runId)).toContain('Nobody was told by the command (switch-announced), and the run goes on');
});

test('an announcement › whose program is not there stops no run', async () => {
  const announce: Command = { command: '/nowhere/announce', args: [], timeoutMs: 500 };
  const house = aHouse({ sandbox: { commands: { announce } } });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
  expect((await house.run(runId)).announced).toMatchObject([{ why: 'not-started' }, { why: 'not-started' }]);
});

test('whoever was told of a switch › also hears that it does not come', async () => {
  const stopped = anAnnouncer();
  const first = await stopped.house.approvedRun();
  await stopped.house.proceed(first.runId);
  await stopped.house.desk.stop(JONAS, first.runId);
  await stopped.house.proceed(first.runId);
  expect(stopped.events()).toEqual(['switch-announced', 'skipped']);

  const stopServices: Command = { command: 'sh', args: ['-c', 'exit 1'], timeoutMs: 5_000 };
  const failed = anAnnouncer('exit 0', {}, { stopServices });
  const second = await failed.house.approvedRun();
  await failed.house.proceed(second.runId);
  await failed.house.clock.advance(MINUTE);
  await failed.house.proceed(second.runId);
  expect((await failed.house.run(second.runId)).state).toBe('failed');
  expect(failed.events()).toEqual(['switch-announced', 'failed']);

  // A further try is told anew, to its end.
  await failed.house.desk.retry(JONAS, second.runId);
  await failed.house.proceed(second.runId);
  await failed.house.clock.advance(MINUTE);
  await failed.house.proceed(second.runId);
  expect(failed.events()).toEqual(['switch-announced', 'failed', 'switch-announced', 'failed']);
});

test('whoever was told of nothing › hears nothing of a run that ends before', async () => {
  const { house, events } = anAnnouncer();
  const { runId } = await house.approvedRun();
  await house.desk.stop(JONAS, runId);
  await house.proceed(runId);
  expect(events()).toEqual([]);
});
