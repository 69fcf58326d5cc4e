import type { Environment, Installation, Sandbox, Source } from '../../engine/contracts.ts';
import { refuseProductionAsTarget } from '../../engine/environments/aliases.ts';
import { providers } from '../../engine/environments/index.ts';
import type { Measures, Provider } from '../../engine/environments/provider.ts';
import { describeBytes } from '../../engine/sizes.ts';
import { bad, badBecause, doubtful, good, type Finding } from './finding.ts';

type ProviderOf = (name: string) => Provider;

/** The newest are told; a long history may have hundreds. */
const MOST_GAPS = 5;

/** Surveyed now, not as of the last schedule. */
export async function examineSource(source: Source, provider: ProviderOf): Promise<readonly Finding[]> {
  const subject = `source ${source.name}`;
  const { windows, gaps, notes = [] } = await provider(source.provider).survey(source);
  const [first, last] = [windows[0], windows.at(-1)];
  const reasons = gaps
    .slice(-MOST_GAPS)
    .map(({ from, to, reason }) =>
      doubtful(
        subject,
        `not reachable from ${from} to ${to}: ${reason}`,
        'Choose moments outside, or mend the backups.',
      ),
    )
    .concat(
      notes.map((note) => doubtful(subject, note, 'It is surveyed without; docs/providers/sql-server.md explains.')),
    );
  if (!first || !last)
    return [bad(subject, 'no moment is reachable', 'Look at its backups and at `settings`.'), ...reasons];
  const count = windows.length === 1 ? '' : ` in ${String(windows.length)} windows`;
  return [good(subject, `reachable from ${first.from} to ${last.to}${count}`), ...reasons];
}

/** Measured on the target's own server: whether it is there, whether a copy fits beside it. */
export async function examineSandbox(sandbox: Sandbox, provider: ProviderOf): Promise<readonly Finding[]> {
  const subject = `sandbox ${sandbox.name}`;
  const { identity, sizeBytes, freeBytes, findings = [] } = await provider(sandbox.provider).measure(sandbox);
  const seen = findings.map(({ what, remedy }) => doubtful(subject, what, remedy));
  if (identity === undefined)
    return [
      bad(subject, 'its databases are not there, or do not say who they are', 'Look at `databases` and `settings`.'),
      ...seen,
    ];
  const detail = `${identity.slice(0, 40)}, holds ${bytes(sizeBytes)}, ${bytes(freeBytes)} free`;
  const doesFit = sizeBytes === undefined || freeBytes === undefined ? 'unknown' : freeBytes > sizeBytes;
  if (doesFit === true) return [good(subject, detail), ...seen];
  return [
    doubtful(
      subject,
      detail,
      doesFit === 'unknown'
        ? 'Not everything could be measured; the plan of a refresh says so again.'
        : 'A copy of this size does not fit beside it: the plan of a refresh compares with production’s size.',
    ),
    ...seen,
  ];
}

/** What keeps bot and workers from starting when it is wrong. */
export async function examineIdentities(installation: Installation, provider: ProviderOf): Promise<readonly Finding[]> {
  const subject = 'production as target';
  const unknown: string[] = [];
  const noting: ProviderOf = (name) => ({
    ...provider(name),
    async measure(environment: Source | Sandbox): Promise<Measures> {
      const measures = await provider(name)
        .measure(environment)
        .catch((): Measures => ({}));
      if (measures.identity === undefined) unknown.push(environment.name);
      return measures;
    },
  });
  try {
    await refuseProductionAsTarget(installation, noting);
  } catch (error) {
    return [badBecause(subject, error)];
  }
  return unknown.length === 0
    ? [good(subject, 'no sandbox is the same database as a source')]
    : [
        doubtful(
          subject,
          `${unknown.join(', ')} cannot be told apart from here`,
          'Every run checks it again before it touches anything.',
        ),
      ];
}

/** Rights on the platform, for those that can list them, with the statement that gives or takes each. */
export async function examinePermissions(environment: Environment): Promise<readonly Finding[]> {
  const permissions = (await providers[environment.provider]?.listPermissions?.(environment)) ?? [];
  return permissions.map(({ name, has, isNeeded, why, statement }): Finding => {
    const subject = `rights on ${environment.name}`;
    if (has === true) return good(subject, `${name} (${why})`);
    if (has === 'unknown') return doubtful(subject, `${name}: cannot be told (${why})`, statement);
    return (isNeeded ? bad : doubtful)(subject, `lacks ${name} (${why})`, statement);
  });
}

/** What else works with the sandbox's databases: it meets the new ones after a refresh. */
export async function examineNeighbours(sandbox: Sandbox): Promise<readonly Finding[]> {
  const neighbours = await providers[sandbox.provider]?.listNeighbours?.(sandbox);
  if (neighbours === undefined) return [];
  const subject = `neighbours of ${sandbox.name}`;
  const { found, unseen, advice } = neighbours;
  return [
    ...found.map((text) => doubtful(subject, text)),
    ...unseen.map((text) => doubtful(subject, `not visible to the service: ${text}`)),
    good(subject, advice),
  ];
}

const bytes = (count: number | undefined) => (count === undefined ? 'an unknown size' : describeBytes(count));
