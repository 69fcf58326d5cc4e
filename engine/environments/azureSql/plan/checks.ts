import type { CheckResult } from '../../../contracts.ts';
import type { AzureSource } from '../settings.ts';
import type { World } from '../world.ts';
import type { Both } from './obstacles.ts';

const warn = (name: string, title: string, detail: string, remedy: string): CheckResult => ({
  ...{ name, title, outcome: 'warning', basis: 'declared' },
  ...{ detail, remedy },
});

/** What this platform cannot promise, said before anybody approves. */
export function surroundingChecks(world: World, both: Both): readonly CheckResult[] {
  const { source, sourceServer, targetServer } = world;
  const { intermediate } = source.settings;
  const regions = new Set([...both.sources, ...both.targets].flatMap((one) => one?.location.toLowerCase() ?? []));
  return [
    warn(
      'unsanitized-on-production',
      'Unsanitized data on production’s server',
      `Both databases lie on ${sourceServer.server} until they are copied, ${whoGetsIn(source.settings)}, and are restorable there from automatic backups for a day behind that`,
      `Know who may create databases on ${sourceServer.server}.`,
    ),
    warn(
      'unsanitized-on-target',
      'Unsanitized data on the sandbox’s server',
      `The copies are restorable from automatic backups as they were before the sanitization, for a day at least, by whoever may create databases on ${targetServer.server}`,
      `Know who may create databases on ${targetServer.server}; backups cannot be switched off there.`,
    ),
    warn(
      'azure-costs',
      'What is billed',
      `Two databases of ${intermediate.name} on ${sourceServer.server} until the copies are made, two copies on ${targetServer.server}, and the former ones until their way back ends`,
      'Nothing to do; the quota of both servers has to admit them.',
    ),
    warn(
      'azure-times',
      'How long it takes',
      'Azure says no percentage: minutes to hours by size. Each rename of the switch takes about 12 seconds, and the sandbox is closed meanwhile',
      'Nothing to do.',
    ),
    ...(regions.size > 1
      ? [
          warn(
            'region',
            'Region',
            `The databases lie in several regions: ${[...regions].toSorted().join(', ')}`,
            'A copy across regions takes longer, and may be forbidden to you.',
          ),
        ]
      : []),
  ];
}

/** A login is tried when the database is there, and not before: until then, and where it may not, production's users get in. */
function whoGetsIn({ closer, closeIntermediate }: AzureSource['settings']): string {
  if (closer === undefined || closeIntermediate === 'never') return 'open to whoever production admits';
  const closed = 'closed to production’s users a moment after each is online';
  return closeIntermediate === 'required'
    ? `${closed}, or nothing is copied`
    : `${closed} where the login of \`closer\` may do that, and otherwise open to them, which the log of the run says`;
}
