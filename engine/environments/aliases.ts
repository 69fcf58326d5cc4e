import type { Installation, Sandbox, Source } from '../contracts.ts';
import { TargetIsProductionError } from './errors.ts';
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
  const identityOf = async (environment: Source | Sandbox): Promise<string | undefined> => {
    try {
      return (await provider(environment.provider).measure(environment)).identity;
    } catch {
      return undefined;
    }
  };
  const productions = await Promise.all(
    sources.map(async (source) => ({ source, identity: await identityOf(source) })),
  );
  for (const sandbox of sandboxes) {
    const identity = await identityOf(sandbox);
    const same = productions.find(
      (production) => production.identity !== undefined && production.identity === identity,
    );
    if (same) throw new TargetIsProductionError(sandbox.name, same.source.name);
  }
}
