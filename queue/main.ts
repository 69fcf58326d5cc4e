import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../engine/clock.ts';
import { createEngine } from '../engine/engine.ts';
import { openProviders, settingsSchemas } from '../engine/environments/open.ts';
import { refuseProductionAsTarget } from '../engine/environments/aliases.ts';
import { openJournal } from '../engine/journal/sqlJournal.ts';
import { parsePack } from '../engine/sanitization/rulePack.ts';
import { selectPacks } from '../engine/sanitization/selectPacks.ts';
import { loadInstallation } from '../env/environments.ts';
import { createScrub } from '../env/scrub.ts';
import { createLog } from '../env/log.ts';
import { readPackDocuments } from '../env/packs.ts';
import { readWorkerSettings } from '../env/settings.ts';
import { commandVariables, readVariables } from '../env/variables.ts';
import { startReconciler } from './reconciler.ts';
import { startWorker } from './worker.ts';

// The worker: everything it is made of, built once. A configuration that cannot be used ends it here, with all its problems.
const variables = readVariables();
const settings = readWorkerSettings(variables);
const { installation, serves, secrets } = loadInstallation(settings.REWIND_ENVIRONMENTS, variables, settingsSchemas);
const scrub = createScrub([...secrets, settings.REWIND_JOURNAL_URL, settings.REWIND_REDIS_URL]);
const log = createLog('worker', settings.LOG_LEVEL, scrub);

const packFolders = [
  join(import.meta.dirname, '..', 'engine', 'sanitization', 'packs'),
  ...(settings.REWIND_PACKS === undefined ? [] : [settings.REWIND_PACKS]),
];
const packs = [...readPackDocuments(packFolders)].map(([name, document]) => parsePack(document, name));
const packsByTarget = new Map(installation.sandboxes.map((one) => [one.packs.join(), selectPacks(one.packs, packs)]));

const providers = openProviders(systemClock);
await refuseProductionAsTarget(installation, providers);
const journal = openJournal({ url: settings.REWIND_JOURNAL_URL });
await journal.migrate();

const workerId = settings.REWIND_WORKER ?? `${hostname()}-${randomBytes(3).toString('hex')}`;
const engine = createEngine({
  journal,
  installation,
  provider: providers,
  packs: (names) => packsByTarget.get(names.join()) ?? selectPacks(names, packs),
  clock: systemClock,
  scrub,
  workerId,
  commandVariables: commandVariables(),
});
const shared = {
  redis: settings.REWIND_REDIS_URL,
  prefix: settings.REWIND_QUEUE_PREFIX,
  serves,
  engine,
  journal,
  log,
  clock: systemClock,
};
const worker = startWorker({ ...shared, workerId });
const reconciler = startReconciler({ ...shared, surveyEveryMs: settings.REWIND_SURVEY_SECONDS * 1000 });
log.info('worker-ready', { workerId, serves });

// A deployment: the current step is handed back at its boundary, another worker goes on.
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    log.info('worker-stopping', { signal });
    // Side by side: a hand-back does not wait behind housekeeping.
    void Promise.all([reconciler.close(), worker.close()]).then(() => process.exit(0));
  });
