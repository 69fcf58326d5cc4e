import { z } from 'zod';
import type { Line } from './line.ts';
import { readCertificates } from './statements/obstacles.ts';

const certificateRow = z.object({ name: z.string(), thumbprint: z.string().nullable() });

/** Thumbprints as the history writes them; undefined when the service may not see certificates: then nothing is judged. */
export async function certificatesOf(line: Line): Promise<readonly string[] | undefined> {
  try {
    const rows = await line.ask(readCertificates(), certificateRow, { doing: 'listing certificates' });
    // Without VIEW ANY DEFINITION the list is empty and says nothing.
    if (rows.length === 0) return undefined;
    return rows.flatMap(({ thumbprint }) => (thumbprint === null ? [] : [thumbprint, thumbprint.replace(/^0x/i, '')]));
  } catch {
    return undefined;
  }
}
