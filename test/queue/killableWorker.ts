import { systemClock } from '../../engine/clock.ts';
import { openJournal } from '../../engine/journal/sqlJournal.ts';
import { startWorker } from '../../queue/worker.ts';
import { fakeEngine, untilAborted } from './fakeEngine.ts';
import { SHORT } from './short.ts';

// A worker in a process of its own, so that a test can kill it: starts its run, says so and never ends it.
const [redis = '', prefix = '', target = '', journalUrl = ''] = process.argv.slice(2);
const journal = openJournal({ url: journalUrl });
const quiet = () => {};
const engine = fakeEngine(journal, ({ signal, runId }) => {
  process.stdout.write(`started ${runId}\n`);
  return untilAborted(signal);
});
startWorker({
  ...{ redis, prefix, serves: [target], engine, journal, workerId: 'killable', clock: systemClock },
  ...{ log: { info: quiet, warn: quiet, error: quiet }, ...SHORT },
});
