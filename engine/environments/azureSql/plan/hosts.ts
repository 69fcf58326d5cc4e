import type { LogicalServer } from '../resourceManager/addresses.ts';
import type { ResourceManager } from '../resourceManager/resourceManager.ts';

/** A setting that says where a logical server speaks SQL. */
export interface SqlAddress {
  readonly setting: 'sql' | 'closer';
  readonly url: string | undefined;
}

/** Addresses that lead to another server than the one that Azure is asked about: SQL would be sent to databases that nobody looked at. */
export async function strayHosts(
  manager: ResourceManager,
  server: LogicalServer,
  { setting, url }: SqlAddress,
): Promise<readonly { readonly setting: string; readonly host: string; readonly expected: string }[]> {
  if (url === undefined) return [];
  const { properties } = await manager.server(server);
  const [host, expected] = [new URL(url).hostname, properties.fullyQualifiedDomainName].map((one) => one.toLowerCase());
  return host === undefined || expected === undefined || host === expected ? [] : [{ setting, host, expected }];
}
