import { sayLastWords } from '../env/lastWords.ts';
import { onStopSignal } from '../env/stopSignals.ts';
import { readVariables } from '../env/variables.ts';
import { startReconciler } from './reconciler.ts';
import { startWorker } from './worker.ts';
import { openWorkerParts } from './workerParts.ts';

sayLastWords();

// The worker. A configuration that cannot be used ends it here, with all its problems.
const { settings, serves, parts, engine, log } = await openWorkerParts(readVariables());
const { journal, clock, workerId } = parts;
const shared = {
  redis: settings.REWIND_REDIS_URL,
  prefix: settings.REWIND_QUEUE_PREFIX,
  serves,
  engine,
  journal,
  log,
  clock,
};
const worker = startWorker({ ...shared, workerId });
const reconciler = startReconciler({ ...shared, surveyEveryMs: settings.REWIND_SURVEY_SECONDS * 1000 });
log.info('worker-ready', { workerId, serves });

// A deployment: the current step is handed back at its boundary, another worker goes on.
onStopSignal((signal) => {
  log.info('worker-stopping', { signal });
  // Side by side: a hand-back does not wait behind housekeeping.
  void Promise.all([reconciler.close(), worker.close()]).then(() => process.exit(0));
});
