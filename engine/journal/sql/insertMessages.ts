import type { InsertObject } from 'kysely';
import type { NewMessage, ShownUnder } from '../messages.ts';
import { storable, type Change, type JournalAccess } from '../access.ts';
import { liesAt } from './liesAt.ts';
import type { JournalTables } from './tables.ts';

export type Identified = NewMessage & { readonly id: string };

/** SQL Server takes 2,100 parameters per statement, and a message has 19. */
export const AT_ONCE = 100;

/** Part of a change: an older card of the same run and kind in the same conversation is replaced by it. */
export async function insertMessage(access: JournalAccess, change: Change, message: Identified): Promise<void> {
  const { runId, kind, conversation, isReplaced = false } = message;
  if (runId !== undefined && kind !== 'note' && !isReplaced)
    await change
      .updateTable('message')
      .set({ replaced: 1, settled: 0 })
      .where('run_id', '=', runId)
      .where('kind', '=', kind)
      .where('conversation', '=', conversation)
      .execute();
  await change.insertInto('message').values(valuesOf(access, message)).execute();
}

export async function addNotes(access: JournalAccess, notes: readonly Identified[]): Promise<void> {
  await access.change('Messages', async (change) => {
    await change
      .insertInto('message')
      .values(notes.map((note) => valuesOf(access, note)))
      .execute();
  });
}

function valuesOf(access: JournalAccess, message: Identified): InsertObject<JournalTables, 'message'> {
  const { runId, kind, conversation, address, picture, addressee, isReplaced = false } = message;
  return {
    id: message.id,
    added_at: access.nowMs(),
    run_id: runId ?? null,
    kind,
    conversation,
    address: JSON.stringify(address),
    lies_at: liesAt(address),
    picture: picture === undefined ? null : storable(JSON.stringify(picture)),
    posts: message.posts ?? 0,
    tried: message.isTried ? 1 : 0,
    replaced: isReplaced ? 1 : 0,
    settled: 0,
    ...shownUnder(message.shownSeq ?? 0, message.shownUnder ?? { generation: UNKNOWN }),
    gone_at: null,
    gone_why: null,
    addressee: addressee ?? null,
  };
}

export const shownUnder = (seq: number, { heldBy = '', generation, freeze, reservation }: ShownUnder) => ({
  shown_seq: seq,
  shown_holder: heldBy,
  shown_generation: generation,
  shown_freeze: freeze?.number ?? null,
  shown_reservation: reservation?.number ?? null,
});

/** Of a message that was drawn when nobody looked at who holds the target: it is drawn again once that may matter. */
const UNKNOWN = -1;
