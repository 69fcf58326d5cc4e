import type { Installation, Sandbox, Source } from '../contracts.ts';
import { TargetIsProductionError } from './errors.ts';
import { haveDatabasesInCommon, identitiesOf } from './sameDatabases.ts';
import type { Provider } from './provider.ts';

/**
 * Refuses to start with a sandbox that is the same database as a production source, whatever the two are called.
 * An environment that cannot be reached now is judged again by every run's prerequisites.
 * @throws TargetIsProductionError
 */
export async function refuseProductionAsTarget(
  { sources, sandboxes }: Installation,
  provider: (name: string) => Provider,
): Promise<void> {
  const identitiesAt = async (environment: Source | Sandbox): Promise<readonly string[]> => {
    try {
      return identitiesOf(await provider(environment.provider).measure(environment));
    } catch {
      return [];
    }
  };
  const productions = await Promise.all(
    sources
      .filter(({ kind }) => kind === 'production')
      .map(async (source) => ({ source, identities: await identitiesAt(source) })),
  );
  for (const sandbox of sandboxes) {
    const own = await identitiesAt(sandbox);
    const same = productions.find(({ identities }) => haveDatabasesInCommon(identities, own));
    if (same) throw new TargetIsProductionError(sandbox.name, same.source.name);
  }
}
