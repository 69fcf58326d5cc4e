import type { ProviderDefinition } from '../providerDefinition.ts';
import { openPostgresProvider } from './provider.ts';
import { sandboxSettings, sourceSettings } from './settings.ts';

export const postgres: ProviderDefinition = {
  settings: { source: sourceSettings, sandbox: sandboxSettings },
  open: openPostgresProvider,
};
