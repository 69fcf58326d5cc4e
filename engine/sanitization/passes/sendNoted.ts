import type { CompiledQuery } from 'kysely';
import type { Session } from '../../environments/provider.ts';
import { noteProgress, readLedger, type Progress } from './ledger.ts';

/** `before`: it was committed by a try whose answer was lost. `struck`: nothing of it was done. */
export type Sent =
  | { readonly kind: 'done'; readonly counts: readonly number[] }
  | { readonly kind: 'before' }
  | { readonly kind: 'struck' };

/**
 * Sends changes with the note of them in one transaction. Where the platform breaks that off, the ledger says whether it was committed:
 * no part is done over that was. One that ends behind this look does no harm, for a rule leaves alone what is as it wants it.
 */
export async function sendOnce(
  session: Session,
  noted: Progress,
  changes: readonly CompiledQuery[],
  isNoted: (found: Progress | undefined) => boolean,
): Promise<Sent> {
  const all = [...changes, ...noteProgress(session.dialect, noted)];
  const { breaks } = session;
  if (breaks === undefined) return { kind: 'done', counts: await session.executeTogether(all) };
  try {
    return { kind: 'done', counts: await breaks.once(all) };
  } catch (error) {
    if (!(await breaks.outlast(error))) throw error;
    const { passes } = await readLedger(session);
    return { kind: isNoted(passes.get(noted.id)) ? 'before' : 'struck' };
  }
}

/** The same for what has no smaller part. */
export async function sendNoted(...sending: Parameters<typeof sendOnce>): Promise<Sent> {
  for (;;) {
    const sent = await sendOnce(...sending);
    if (sent.kind !== 'struck') return sent;
  }
}
