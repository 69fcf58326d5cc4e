import type { ProviderDefinition } from '../providerDefinition.ts';
import { addressOf } from './client.ts';
import { openPostgresProvider } from './provider.ts';
import { sandboxSettings, sourceSettings } from './settings.ts';

/** One environment is one cluster, so its server alone tells it. */
function placesOf(kind: 'source' | 'sandbox', settings: unknown): readonly string[] {
  const url =
    kind === 'source'
      ? sourceSettings.safeParse(settings).data?.reader
      : sandboxSettings.safeParse(settings).data?.service;
  if (url === undefined) return [];
  const { host, port } = addressOf(url);
  return [`${host.toLowerCase()}:${String(port)}`];
}

export const postgres: ProviderDefinition = {
  settings: { source: sourceSettings, sandbox: sandboxSettings },
  hasOwnBackups: true,
  placesOf,
  open: openPostgresProvider,
};
