import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import { systemClock } from '../engine/clock.ts';
import type { Installation } from '../engine/contracts.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { refuseProductionAsTarget } from '../engine/environments/aliases.ts';
import { openProviders, settingsSchemas } from '../engine/environments/open.ts';
import { openJournal } from '../engine/journal/sql/sqlJournal.ts';
import type { EngineParts } from '../engine/parts.ts';
import { readBaseline, type Baseline } from '../engine/sanitization/coverage/baseline.ts';
import { openLibrary } from '../engine/sanitization/pack/packLibrary.ts';
import { stableMasksFrom } from '../engine/sanitization/masks/stableMasks.ts';
import { packFolders } from '../engine/sanitization/pack/shippedPacks.ts';
import { loadInstallation } from '../env/environments.ts';
import { createLog, type Log } from '../env/log.ts';
import { readPackDocuments } from '../env/packs.ts';
import { ConfigurationError, notReadable } from '../env/problems.ts';
import { readText } from '../env/readText.ts';
import { createScrub } from '../env/scrub.ts';
import { readWorkerSettings, type WorkerSettings } from '../env/settings.ts';
import { commandVariables } from '../env/variables.ts';

/** What a worker is made of. */
export interface WorkerParts {
  readonly settings: WorkerSettings;
  readonly serves: readonly string[];
  readonly parts: EngineParts;
  readonly engine: Engine;
  readonly log: Log;
}

/**
 * Builds everything a worker needs from its variables.
 * @throws ConfigurationError with every problem at once, TargetIsProductionError
 */
export async function openWorkerParts(variables: Readonly<Record<string, string | undefined>>): Promise<WorkerParts> {
  const settings = readWorkerSettings(variables);
  const { installation, serves, secrets } = loadInstallation(settings.REWIND_ENVIRONMENTS, variables, settingsSchemas);
  const { REWIND_JOURNAL_URL, REWIND_REDIS_URL, REWIND_MASKS_SECRET } = settings;
  if (installation.signedReportsOnly && settings.REWIND_REPORT_KEY === undefined) throw noReportKey();
  const scrub = createScrub([...secrets, REWIND_JOURNAL_URL, REWIND_REDIS_URL, REWIND_MASKS_SECRET ?? '']);

  const library = openLibrary(readPackDocuments(packFolders(settings.REWIND_PACKS)));
  if (library.unusable[0] !== undefined) throw library.unusable[0];
  // Asked for once at the start, so that a pack that does not exist ends the worker and not a run.
  for (const sandbox of installation.sandboxes) library.select(sandbox.packs);

  const baselines = readBaselines(installation, dirname(settings.REWIND_ENVIRONMENTS));

  const provider = openProviders(systemClock);
  await refuseProductionAsTarget(installation, provider);
  const journal = openJournal({ url: REWIND_JOURNAL_URL });
  await journal.migrate();
  const parts: EngineParts = {
    journal,
    installation,
    provider,
    packs: (names) => library.select(names),
    baseline: ({ coverage }) => (coverage === undefined ? undefined : baselines.get(coverage.baseline)),
    ...(REWIND_MASKS_SECRET === undefined ? {} : { stableMasks: stableMasksFrom(REWIND_MASKS_SECRET) }),
    clock: systemClock,
    scrub,
    workerId: settings.REWIND_WORKER ?? `${hostname()}-${randomBytes(3).toString('hex')}`,
    verifyingKeys: settings.REWIND_VERIFYING_KEYS ?? [],
    ...(settings.REWIND_REPORT_KEY === undefined ? {} : { reportKey: settings.REWIND_REPORT_KEY }),
    reportKeys: settings.REWIND_REPORT_KEYS ?? [],
    commandVariables: commandVariables(),
  };
  const log = createLog('worker', settings.LOG_LEVEL, scrub, systemClock.elapsedMs);
  return { settings, serves, parts, engine: createEngine(parts), log };
}

/** As they are at the start, like the packs. @throws BaselineInvalidError, ConfigurationError */
function readBaselines({ sandboxes }: Installation, folder: string): ReadonlyMap<string, Baseline> {
  const names = new Set(sandboxes.flatMap(({ coverage }) => (coverage === undefined ? [] : [coverage.baseline])));
  return new Map([...names].map((name) => [name, baselineIn(resolve(folder, name))]));
}

function baselineIn(file: string): Baseline {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    throw notReadable(file, error);
  }
  return readBaseline(text, file);
}

/** At the start, and not hours into a run that could not be switched. */
const noReportKey = (): ConfigurationError =>
  new ConfigurationError('The environment', [
    {
      place: 'REWIND_REPORT_KEY',
      reason: 'is missing, and environments.yaml says signedReportsOnly',
      example: 'reports-2026:… from `rewind signing-key reports-2026 --reports`',
    },
  ]);
