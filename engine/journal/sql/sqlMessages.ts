import { randomUUID } from 'node:crypto';
import { CARD_KINDS, type CardAddress, type Unreached } from '../../contracts.ts';
import type { Journal } from '../journal.ts';
import type { JournalMessages, MessageKind, MessageRow, ShownUnder } from '../messages.ts';
import type { JournalTables } from './tables.ts';
import type { JournalAccess, Reader } from '../access.ts';
import { createTogether } from '../together.ts';
import { addNotes, AT_ONCE, insertMessage, shownUnder, type Identified } from './insertMessages.ts';
import { dueMessages, settle } from './dueMessages.ts';
import { liesAt } from './liesAt.ts';

/** Which messages there are, and what each of them shows. */
export function sqlMessages(access: JournalAccess): Pick<Journal, keyof JournalMessages> {
  const set = (id: string, values: Partial<JournalTables['message']>) =>
    access.read(async (db) => {
      await db.updateTable('message').set(values).where('id', '=', id).execute();
    });

  // Many people may be answered in the same moment, and every answer is a note that is recorded, sent and forgotten.
  const addNote = createTogether((notes: readonly Identified[]) => addNotes(access, notes), AT_ONCE);
  const forget = createTogether(
    (ids: readonly string[]) =>
      access.read(async (db) => {
        await db.deleteFrom('message').where('id', 'in', ids).execute();
      }),
    AT_ONCE,
  );
  const findGone = createTogether(() => access.read(gone));

  return {
    async addMessage(message) {
      const id = message.id ?? randomUUID();
      if (message.kind === 'note') await addNote({ ...message, id });
      else await access.change(`Message ${id}`, (change) => insertMessage(access, change, { ...message, id }));
      return id;
    },

    message: (id) =>
      access.read(async (db) => {
        const row = await db.selectFrom('message').selectAll().where('id', '=', id).executeTakeFirst();
        return row && rowOf(row);
      }),

    cards: (runId) =>
      access.read(async (db) => {
        const rows = await db
          .selectFrom('message')
          .selectAll()
          .where('run_id', '=', runId)
          .where('kind', '<>', 'note')
          .where('replaced', '=', 0)
          .orderBy('added_at')
          .orderBy('id')
          .execute();
        const order: readonly string[] = CARD_KINDS;
        return rows.map(rowOf).sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
      }),

    messageAt: (conversation, address) =>
      access.read(async (db) => {
        const lies_at = liesAt(address);
        if (lies_at === null) return undefined;
        const rows = await db
          .selectFrom('message')
          .selectAll()
          .where('lies_at', '=', lies_at)
          .where('posts', '>', 0)
          .execute();
        const found = rows.find((row) => row.conversation === conversation || row.conversation === '');
        return found && rowOf(found);
      }),

    messagesDue: (limit) =>
      access.read(async (db) => {
        const rows = await dueMessages(db, limit).execute();
        return rows.map(({ version, ...row }) => ({ ...rowOf(row), version: version ?? 0 }));
      }),

    messageTried: (id, isTried) => set(id, { tried: isTried ? 1 : 0 }),

    messagePosted: (id, address, seq, under) =>
      access.change(`Message ${id}`, async (change) => {
        await change
          .updateTable('message')
          .set(({ eb }) => ({
            ...{ address: JSON.stringify(address), lies_at: liesAt(address), posts: eb('posts', '+', 1), tried: 0 },
            ...{ gone_at: null, gone_why: null, settled: 0, ...shownUnder(seq, under) },
          }))
          .where('id', '=', id)
          .execute();
        await settle(change, id);
      }),

    messageShown: (id, seq, under) =>
      access.change(`Message ${id}`, async (change) => {
        await change
          .updateTable('message')
          .set({ ...shownUnder(seq, under), settled: 0 })
          .where('id', '=', id)
          .where('shown_seq', '<=', seq)
          .execute();
        await settle(change, id);
      }),

    messageAgain: (id) => set(id, { shown_seq: 0, settled: 0 }),

    forgetMessage: forget,

    messageGone: (id, why) =>
      access.read(async (db) => {
        await db
          .updateTable('message')
          .set({ gone_at: await access.now(db), gone_why: why ?? null })
          .where('id', '=', id)
          .execute();
      }),

    messagesGone: () => findGone(undefined),

    messageBack: (id) => set(id, { gone_at: null, gone_why: null }),
  };
}

async function gone(db: Reader): Promise<readonly MessageRow[]> {
  const rows = await db
    .selectFrom('message')
    .selectAll()
    .where('gone_at', 'is not', null)
    .orderBy('added_at')
    .orderBy('id')
    .execute();
  return rows.map(rowOf);
}

/** Kind, address, picture and reason were written by the functions above. */
function rowOf(row: JournalTables['message']): MessageRow {
  const under: ShownUnder = {
    ...(row.shown_holder === '' ? {} : { heldBy: row.shown_holder }),
    generation: row.shown_generation,
    ...(row.shown_freeze === null ? {} : { freeze: { number: row.shown_freeze } }),
    ...(row.shown_reservation === null ? {} : { reservation: { number: row.shown_reservation } }),
  };
  return {
    id: row.id,
    ...(row.run_id === null ? {} : { runId: row.run_id }),
    kind: row.kind as MessageKind,
    conversation: row.conversation,
    address: JSON.parse(row.address) as CardAddress,
    ...(row.picture === null ? {} : { picture: JSON.parse(row.picture) as Readonly<Record<string, unknown>> }),
    posts: row.posts,
    isTried: row.tried === 1,
    isReplaced: row.replaced === 1,
    shownSeq: row.shown_seq,
    shownUnder: under,
    ...(row.addressee === null ? {} : { addressee: row.addressee }),
    ...(row.gone_at === null ? {} : { goneAt: row.gone_at }),
    ...(row.gone_why === null ? {} : { goneWhy: row.gone_why as Unreached }),
  };
}
