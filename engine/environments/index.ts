import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import { openPostgresProvider } from './postgres/provider.ts';
import { sandboxSettings, sourceSettings } from './postgres/settings.ts';
import type { Provider } from './provider.ts';

/** A platform that environments can name in `provider:`. */
export interface ProviderDefinition {
  /** What `settings:` of an environment must look like. */
  readonly settings: { readonly source: z.ZodType; readonly sandbox: z.ZodType };
  open(needs: { readonly clock: Clock }): Provider;
}

export const providers: Readonly<Record<string, ProviderDefinition>> = {
  postgres: { settings: { source: sourceSettings, sandbox: sandboxSettings }, open: openPostgresProvider },
};
