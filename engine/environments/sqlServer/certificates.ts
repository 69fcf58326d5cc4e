import { z } from 'zod';
import { askIfAllowed } from './askIfAllowed.ts';
import type { Line } from './line.ts';
import { readCertificates } from './statements/obstacles.ts';

const certificateRow = z.object({ name: z.string(), thumbprint: z.string() });

/** A certificate, or an asymmetric key of a key manager; the thumbprint as hex with 0x. */
export type Certificate = z.infer<typeof certificateRow>;

/** Undefined when the service may not see them: then nothing is judged. */
export async function listCertificates(line: Line): Promise<readonly Certificate[] | undefined> {
  const rows = await askIfAllowed(
    line,
    readCertificates(),
    certificateRow.extend({ thumbprint: z.string().nullable() }),
    'listing certificates',
  );
  const known = rows?.flatMap(({ name, thumbprint }) => (thumbprint === null ? [] : [{ name, thumbprint }]));
  // Without VIEW ANY DEFINITION the list is empty and says nothing.
  return known?.length === 0 ? undefined : known;
}

/** As a history may write them: with 0x and without. */
export const thumbprintsOf = (certificates: readonly Certificate[]): readonly string[] =>
  certificates.flatMap(({ thumbprint }) => [thumbprint, thumbprint.replace(/^0x/i, '')]);
