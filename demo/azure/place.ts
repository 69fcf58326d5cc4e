import { z } from 'zod';
import { isStandInAddress } from '../../engine/environments/azureSql/resourceManager/cloud.ts';
import { AzureUnusableError } from './errors.ts';

/** What the address after `--azure` says: the demo knows Azure by its stand-in on this machine alone, and makes nothing in a subscription. */
export interface AzurePlace {
  /** Of Resource Manager. */
  readonly address: string;
  /** mssql://…, of the administrator of each logical server. */
  readonly production: string;
  readonly sandbox: string;
  /** How a process finds its managed identity, which is the service's unless another is named. */
  readonly identity: { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string };
  /** The name of the identity that may do everything in the subscription. */
  readonly administrator: string;
}

const port = z.string().regex(/^\d{1,5}$/);
const parameters = z.strictObject({
  production: port,
  sandbox: port,
  identity: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/[\w/]+$/),
  header: z.string().min(1),
  administrator: z.string().min(1),
});

/** @throws AzureUnusableError */
export function readPlace(text: string): AzurePlace {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const read = parameters.safeParse(Object.fromEntries(url?.searchParams ?? []));
  if (url === undefined || !isStandInAddress(url.origin) || !read.success)
    throw new AzureUnusableError(
      'The address after --azure is not that of a stand-in on this machine',
      'Start one with node test/azure/start.ts, and give the address that it prints, in quotes.',
    );
  const sql = (at: string) => `mssql://${url.username}:${url.password}@127.0.0.1:${at}?trustServerCertificate=true`;
  const { production, sandbox, identity, header, administrator } = read.data;
  return {
    address: url.origin,
    production: sql(production),
    sandbox: sql(sandbox),
    identity: { IDENTITY_ENDPOINT: identity, IDENTITY_HEADER: header },
    administrator,
  };
}
