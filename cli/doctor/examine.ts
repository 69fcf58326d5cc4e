import type { Clock } from '../../engine/clock.ts';
import { openProviders } from '../../engine/environments/open.ts';
import type { LoadedInstallation } from '../../env/environments.ts';
import { commandVariables } from '../../env/variables.ts';
import { examineCommands } from './commands.ts';
import { examineDatabaseUrl } from './databaseUrl.ts';
import { examineConfiguration, examinePacks } from './configuration.ts';
import {
  examineIdentities,
  examineNeighbours,
  examinePermissions,
  examineSandbox,
  examineSource,
} from './environments.ts';
import { doubtful, examined, type Finding } from './finding.ts';
import { examineJournal, examineRedis } from './stores.ts';

export interface Examination {
  /** Values that must not be printed. */
  readonly secrets: readonly string[];
  readonly findings: AsyncIterable<Finding>;
}

/** Everything that a worker with these variables would need, looked at and not changed; each finding as soon as it is known. */
export function examine(variables: Readonly<Record<string, string | undefined>>, clock: Clock): Examination {
  const { findings, settings, loaded } = examineConfiguration(variables);
  const urls = [variables['REWIND_JOURNAL_URL'], variables['REWIND_REDIS_URL']].filter((url) => url !== undefined);
  return {
    secrets: [...urls, ...(loaded?.secrets ?? [])],
    findings: (async function* () {
      yield* findings;
      if (settings) {
        yield* await examined('journal', clock, () => examineJournal(settings.REWIND_JOURNAL_URL, clock));
        yield* await examined('Redis', clock, () => examineRedis(settings.REWIND_REDIS_URL));
        if (loaded) yield* examinePacks(settings, loaded);
      }
      if (loaded) yield* examineEnvironments(loaded, clock);
    })(),
  };
}

/** Of the sandboxes that a worker with this file serves: it may stand where nobody else reaches them. */
async function* examineEnvironments({ installation, serves }: LoadedInstallation, clock: Clock) {
  await using provider = openProviders(clock);
  const served = installation.sandboxes.filter(({ name }) => serves.includes(name));
  const sources = installation.sources.filter(({ name }) => served.some((sandbox) => sandbox.sources.includes(name)));
  for (const source of sources) {
    yield* await examined(`source ${source.name}`, clock, () => examineSource(source, provider));
    yield* await examined(`rights on ${source.name}`, clock, () => examinePermissions(source));
  }
  for (const sandbox of served) {
    yield* await examined(`sandbox ${sandbox.name}`, clock, () => examineSandbox(sandbox, provider));
    yield* await examined(`rights on ${sandbox.name}`, clock, () => examinePermissions(sandbox));
    yield* await examined(`neighbours of ${sandbox.name}`, clock, () => examineNeighbours(sandbox));
    yield* examineCommands(sandbox, commandVariables());
    yield* examineDatabaseUrl(sandbox);
  }
  for (const { name } of installation.sandboxes.filter((sandbox) => !served.includes(sandbox)))
    yield doubtful(`sandbox ${name}`, 'not served by a worker with this file: run `rewind doctor` where one is');
  const looked = { ...installation, sources, sandboxes: served };
  yield* await examined('production as target', clock, () => examineIdentities(looked, provider));
}
