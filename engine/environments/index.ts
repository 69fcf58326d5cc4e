import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import { openPostgresProvider } from './postgres/provider.ts';
import { sandboxSettings, sourceSettings } from './postgres/settings.ts';
import type { Provider } from './provider.ts';
import { openSqlServerProvider } from './sqlServer/provider.ts';
import * as sqlServerSettings from './sqlServer/settings.ts';

/** A platform that environments can name in `provider:`. */
export interface ProviderDefinition {
  /** What `settings:` of an environment must look like. */
  readonly settings: { readonly source: z.ZodType; readonly sandbox: z.ZodType };
  open(needs: { readonly clock: Clock }): Provider;
}

export const providers: Readonly<Record<string, ProviderDefinition>> = {
  postgres: { settings: { source: sourceSettings, sandbox: sandboxSettings }, open: openPostgresProvider },
  sqlServer: {
    settings: { source: sqlServerSettings.sourceSettings, sandbox: sqlServerSettings.sandboxSettings },
    open: openSqlServerProvider,
  },
};
