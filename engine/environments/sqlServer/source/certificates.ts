import { z } from 'zod';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { readCertificates } from '../statements/obstacles.ts';

const certificateRow = z.object({
  name: z.string(),
  thumbprint: z.string().nullable(),
  privateKey: z.string().nullable(),
});

/** A certificate, or an asymmetric key of a key manager; the thumbprint as hex with 0x. */
export interface Certificate {
  readonly name: string;
  readonly thumbprint: string;
}

/** Those that open what they encrypted. Undefined when the service may not see any: then nothing is judged. */
export async function listCertificates(connection: Connection): Promise<readonly Certificate[] | undefined> {
  const rows = await askIfAllowed(connection, readCertificates(), certificateRow, 'listing certificates');
  const known = rows?.flatMap(({ thumbprint, ...row }) => (thumbprint === null ? [] : [{ ...row, thumbprint }]));
  // Without VIEW ANY DEFINITION the list is empty and says nothing.
  return known?.length === 0 ? undefined : known?.filter(({ privateKey }) => privateKey !== 'NO_PRIVATE_KEY');
}

/** As a history may write them: with 0x and without. */
export const thumbprintsOf = (certificates: readonly Certificate[]): readonly string[] =>
  certificates.flatMap(({ thumbprint }) => [thumbprint, thumbprint.replace(/^0x/i, '')]);
