import type { CheckResult } from '../../../contracts.ts';
import type { AzureSource } from '../settings.ts';
import type { World } from '../world.ts';
import type { Both } from './obstacle.ts';

const warn = (name: string, title: string, detail: string, remedy: string): CheckResult => ({
  ...{ name, title, outcome: 'warning', basis: 'declared' },
  ...{ detail, remedy },
});

/** Where unsanitized data lies is never cut from a card to make room for something else. */
const whole = (...said: Parameters<typeof warn>): CheckResult => ({ ...warn(...said), isWhole: true });

interface Ends extends Pick<World, 'sourceServer' | 'targetServer'> {
  readonly source: Pick<World['source'], 'settings'>;
}

/** What this platform cannot promise, said before anybody approves. */
export function surroundingChecks({ source, sourceServer, targetServer }: Ends, both: Both): readonly CheckResult[] {
  const { intermediate } = source.settings;
  const regions = new Set([...both.sources, ...both.targets].flatMap((one) => one?.location.toLowerCase() ?? []));
  return [
    whole(
      'unsanitized-on-production',
      'Unsanitized data on production’s server',
      `Both lie on ${sourceServer.server} until copied, ${whoGetsIn(source.settings)}, and stay restorable from backups a day longer`,
      'Know who may create databases there.',
    ),
    whole(
      'unsanitized-on-target',
      'Unsanitized data on the sandbox’s server',
      `Restorable from backups as before the sanitization, a day at least, by whoever may create databases on ${targetServer.server}`,
      'Know who may; backups cannot be switched off there.',
    ),
    warn(
      'azure-costs',
      'What is billed, and how long it takes',
      `Two databases of ${intermediate.name} until copied, two copies, and the former ones. Minutes to hours, without a percentage, each rename about 12 seconds`,
      'The quota of both servers has to admit them.',
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
  return closeIntermediate === 'required'
    ? 'closed to production’s users once online'
    : 'closed to production’s users once online if `closer` may';
}
