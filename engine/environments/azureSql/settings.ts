import { z } from 'zod';
import type { Sandbox, Source } from '../../contracts.ts';
import { serverUrl } from '../../databases/sqlServer/address.ts';
import type { Typed } from '../typedSettings.ts';
import { CLOUD_NAMES, isStandInAddress } from './resourceManager/cloud.ts';
import { identitySettings } from './resourceManager/token.ts';

const text = z.string().min(1);
const sku = z.strictObject({
  /** `GP_Gen5_2`, `S3` … */
  name: text,
  tier: text,
});

const place = {
  subscription: z.string().regex(/^[\da-f-]{36}$/i, 'is not the id of a subscription'),
  resourceGroup: text,
  /** The logical server, without its domain. */
  server: text,
  /** Who asks Azure; absent: whatever identity this machine has. */
  identity: identitySettings,
  cloud: z
    .string()
    .refine(
      (one) => CLOUD_NAMES.some((name) => name === one) || isStandInAddress(one),
      `is none of ${CLOUD_NAMES.join(', ')}`,
    )
    .default('public'),
};

export const sourceSettings = z.strictObject({
  ...place,
  /** A login that gets into the intermediates to shut production’s users out. Without it they stay open to whoever production admits. */
  closer: serverUrl.optional(),
  closeIntermediate: z.enum(['never', 'when-allowed', 'required']).default('when-allowed'),
  /** What the intermediates cost while they are there; never production’s pool. */
  intermediate: sku.default({ name: 'GP_Gen5_2', tier: 'GeneralPurpose' }),
  /** How far behind now the window ends: the platform’s log backups come every ten minutes. */
  lagMinutes: z.number().int().min(1).max(120).default(10),
  /** A login of production that may read the databases, for facts that are measured there. Leave it out and nothing connects. */
  reader: serverUrl.optional(),
});

export const sandboxSettings = z.strictObject({
  ...place,
  /** Where the logical server speaks SQL, and the service’s login there. */
  sql: serverUrl,
  /** The address that `synchronize` gets where it asks for one; the service's own without it. Its login must get into closed databases. */
  synchronizeAs: serverUrl.optional(),
  /** Where the copies go. */
  copy: z.union([z.strictObject({ sku }), z.strictObject({ elasticPool: text })]),
  /** A small database of Rewind's own on that server, made by its administrator. */
  controlDatabase: text.max(128).default('rewind_control'),
});

export type AzureSource = Typed<Source, z.infer<typeof sourceSettings>>;
export type AzureSandbox = Typed<Sandbox, z.infer<typeof sandboxSettings>>;
