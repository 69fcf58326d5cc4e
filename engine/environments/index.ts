import { azureSql } from './azureSql/definition.ts';
import { postgres } from './postgres/definition.ts';
import type { ProviderDefinition } from './providerDefinition.ts';
import { sqlServer } from './sqlServer/definition.ts';

export const providers: Readonly<Record<string, ProviderDefinition>> = { azureSql, postgres, sqlServer };
