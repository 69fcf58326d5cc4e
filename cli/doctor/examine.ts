import type { Clock } from '../../engine/clock.ts';
import { openProviders } from '../../engine/environments/open.ts';
import type { LoadedInstallation } from '../../env/environments.ts';
import { commandVariables } from '../../env/variables.ts';
import { examineCommands } from './commands.ts';
import { examineDatabaseUrl } from './databaseUrl.ts';
import { examineConfiguration, examinePacks, examinePeople } from './configuration.ts';
import { examineReports, examineSigning } from './keys.ts';
import {
  examineIdentities,
  examineNeighbours,
  examinePermissions,
  examineSandbox,
  examineSource,
} from './environments.ts';
import { doubtful, examined, type Finding } from './finding.ts';
import { examineMasks } from './masks.ts';
import { examineJournal, examineRedis } from './stores.ts';

export interface Examination {
  /** Values that must not be printed. */
  readonly secrets: readonly string[];
  readonly findings: AsyncIterable<Finding>;
}

/** Everything that a worker with these variables would need, looked at and not changed; each finding as soon as it is known. */
export function examine(variables: Readonly<Record<string, string | undefined>>, clock: Clock): Examination {
  const { findings, settings, loaded } = examineConfiguration(variables);
  const own = SECRET_VARIABLES.map((name) => variables[name]).filter((value) => value !== undefined);
  return {
    secrets: [...own, ...(loaded?.secrets ?? [])],
    findings: (async function* () {
      yield* findings;
      if (settings) {
        yield examineSigning(settings);
        yield examineReports(settings, loaded?.installation.signedReportsOnly);
        yield* await examined('journal', clock, () => examineJournal(settings.REWIND_JOURNAL_URL, clock));
        yield* await examined('Redis', clock, () => examineRedis(settings.REWIND_REDIS_URL));
        if (loaded) yield* examinePacks(settings, loaded);
        if (loaded) yield* examineMasks(settings, loaded);
      }
      if (loaded) yield* examinePeople(loaded);
      if (loaded) yield* examineEnvironments(loaded, clock);
    })(),
  };
}

const SECRET_VARIABLES = ['REWIND_JOURNAL_URL', 'REWIND_REDIS_URL', 'REWIND_MASKS_SECRET'];

/** Of the sandboxes that a worker with this file serves: it may stand where nobody else reaches them. */
async function* examineEnvironments({ installation, serves }: LoadedInstallation, clock: Clock) {
  await using provider = openProviders(clock);
  const served = installation.sandboxes.filter(({ name }) => serves.includes(name));
  const sources = installation.sources.filter(({ name }) => served.some((sandbox) => sandbox.sources.includes(name)));
  const { once, leftOut } = sayingOnce(clock);
  for (const source of sources) {
    yield* await once(`source ${source.name}`, () => examineSource(source, provider));
    yield* await once(`rights on ${source.name}`, () => examinePermissions(source));
  }
  for (const sandbox of served) {
    yield* await once(`sandbox ${sandbox.name}`, () => examineSandbox(sandbox, provider));
    yield* await once(`rights on ${sandbox.name}`, () => examinePermissions(sandbox));
    yield* await once(`neighbours of ${sandbox.name}`, () => examineNeighbours(sandbox));
    yield* examineCommands(sandbox, commandVariables());
    yield* examineDatabaseUrl(sandbox);
  }
  yield* leftOut();
  for (const { name } of installation.sandboxes.filter((sandbox) => !served.includes(sandbox)))
    yield doubtful(`sandbox ${name}`, 'not served by a worker with this file: run `rewind doctor` where one is');
  const looked = { ...installation, sources, sandboxes: served };
  yield* await examined('production as target', clock, () => examineIdentities(looked, provider));
}

/** A server that cannot be reached is one finding, however many environments and questions lie behind it. */
function sayingOnce(clock: Clock) {
  const said = new Map<string, string[]>();
  return {
    async once(subject: string, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
      const findings = await examined(subject, clock, look);
      return findings.filter(({ isInstead, detail }) => {
        const others = isInstead ? said.get(detail) : undefined;
        if (isInstead && !others) said.set(detail, []);
        others?.push(subject);
        return !others;
      });
    },
    leftOut: (): readonly Finding[] =>
      [...said].flatMap(([detail, subjects]) =>
        subjects.length === 0 ? [] : [doubtful(subjects.join(', '), `not looked at, for the reason above: ${detail}`)],
      ),
  };
}
