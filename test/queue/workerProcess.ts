import { systemClock } from '../../engine/clock.ts';
import { REWIND } from '../../engine/contracts.ts';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { startWorker } from '../../queue/worker.ts';
import { fakeEngine, untilAborted } from './fakeEngine.ts';
import { SHORT } from './short.ts';

// A worker in a process of its own, so that a test can kill or freeze it. It says what it starts, never ends it, and when it
// is interrupted it tries to record a swap all the same.
const [redis = '', prefix = '', target = '', journalUrl = ''] = process.argv.slice(2);
const journal = openJournal({ url: journalUrl });
const quiet = () => {};
const say = (line: string) => process.stdout.write(`${line}\n`);
const engine = fakeEngine(journal, async ({ signal, runId, lease }) => {
  say(`started ${runId}`);
  const outcome = await untilAborted(signal);
  await journal.record(runId, { kind: 'swapped', previousKeptUntil: systemClock.now() }, { actor: REWIND, lease }).then(
    () => say('recorded'),
    (error: { code: string }) => say(`${String(signal.reason)}, ${error.code}`),
  );
  return outcome;
});
const worker = startWorker({
  ...{ redis, prefix, serves: [target], engine, journal, workerId: 'process', clock: systemClock },
  ...{ log: { info: quiet, warn: quiet, error: quiet }, ...SHORT },
});
process.once('SIGTERM', () => {
  void worker.close().then(() => process.exit(0));
});
