import type { Clock } from '../clock.ts';
import { UnknownProviderError } from './errors.ts';
import { providers } from './index.ts';
import type { Provider } from './provider.ts';
import type { ProviderDefinition } from './providerDefinition.ts';

/** What environments.yaml may say under `settings:`, per provider. */
export const settingsSchemas: Readonly<
  Record<string, ProviderDefinition['settings'] & Pick<ProviderDefinition, 'hasOwnBackups' | 'placesOf' | 'serverOf'>>
> = Object.fromEntries(
  Object.entries(providers).map(([name, { settings, hasOwnBackups, placesOf, serverOf }]) => [
    name,
    { ...settings, hasOwnBackups, placesOf, ...(serverOf === undefined ? {} : { serverOf }) },
  ]),
);

export interface OpenProviders extends AsyncDisposable {
  (name: string): Provider;
}

/** Providers by name, each opened at its first use and then shared. */
export function openProviders(clock: Clock): OpenProviders {
  const open = new Map<string, Provider>();
  const provider = (name: string): Provider => {
    const definition = providers[name];
    if (!definition) throw new UnknownProviderError(name, Object.keys(providers));
    const opened = open.get(name) ?? definition.open({ clock });
    open.set(name, opened);
    return opened;
  };
  return Object.assign(provider, {
    async [Symbol.asyncDispose]() {
      await Promise.all([...open.values()].map((one) => one.close()));
    },
  });
}
