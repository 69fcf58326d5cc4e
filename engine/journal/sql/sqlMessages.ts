import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { CARD_KINDS, type CardAddress, type RunState, type Unreached } from '../../contracts.ts';
import type { Journal } from '../journal.ts';
import type { JournalMessages, MessageKind, MessageRow, ShownUnder } from '../messages.ts';
import type { JournalTables } from './tables.ts';
import { SHOWS_FREEZE } from '../../contracts/mayBeDone/index.ts';
import type { JournalAccess, Reader } from '../access.ts';
import { createTogether } from '../together.ts';
import { addNotes, AT_ONCE, insertMessage, shownUnder, type Identified } from './insertMessages.ts';

/** States in which a card may offer what takes the target: confirm, retry, roll back. */
const DEPENDS_ON_HOLD: readonly RunState[] = ['draft', 'completed', 'failed', 'rollback-failed'];

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

    messagesIn: (conversation) =>
      access.read(async (db) => {
        const rows = await db
          .selectFrom('message')
          .selectAll()
          .where('conversation', 'in', [conversation, ''])
          .where('posts', '>', 0)
          .execute();
        return rows.map(rowOf);
      }),

    messagesDue: (limit) =>
      access.read(async (db) => {
        const rows = await db
          .selectFrom('message')
          .leftJoin('run', 'run.run_id', 'message.run_id')
          .leftJoin('target', 'target.name', 'run.target')
          .selectAll('message')
          .select('run.version')
          .where('message.gone_at', 'is', null)
          .where((where) =>
            where.or([
              where('message.posts', '=', 0),
              where('message.replaced', '=', 1),
              where('message.shown_seq', '<', where.ref('run.version')),
              where.and([
                where('run.state', 'in', SHOWS_FREEZE),
                where.or([where('run.state', '<>', 'completed'), where('run.previous_due_at', 'is not', null)]),
                where.or([
                  where(
                    where.fn.coalesce('message.shown_freeze', sql<number>`0`),
                    '<>',
                    where.fn.coalesce('target.freeze_number', sql<number>`0`),
                  ),
                  where(
                    where.fn.coalesce('message.shown_reservation', sql<number>`0`),
                    '<>',
                    where.fn.coalesce('target.reservation_number', sql<number>`0`),
                  ),
                ]),
              ]),
              where.and([
                where('run.state', 'in', DEPENDS_ON_HOLD),
                // A refresh that is final offers nothing any more, and there are ever more of them.
                where.or([where('run.state', '<>', 'completed'), where('run.previous_due_at', 'is not', null)]),
                where.or([
                  where('message.shown_generation', '<>', where.ref('target.generation')),
                  where('message.shown_holder', '<>', where.fn.coalesce('target.held_by', sql<string>`''`)),
                ]),
              ]),
            ]),
          )
          .orderBy('message.added_at')
          .orderBy('message.id')
          .offset(0)
          .fetch(limit)
          .execute();
        return rows.map(({ version, ...row }) => ({ ...rowOf(row), version: version ?? 0 }));
      }),

    messageTried: (id, isTried) => set(id, { tried: isTried ? 1 : 0 }),

    messagePosted: (id, address, seq, under) =>
      access.read(async (db) => {
        await db
          .updateTable('message')
          .set(({ eb }) => ({
            ...{
              address: JSON.stringify(address),
              posts: eb('posts', '+', 1),
              tried: 0,
              gone_at: null,
              gone_why: null,
            },
            ...shownUnder(seq, under),
          }))
          .where('id', '=', id)
          .execute();
      }),

    messageShown: (id, seq, under) =>
      access.read(async (db) => {
        await db
          .updateTable('message')
          .set(shownUnder(seq, under))
          .where('id', '=', id)
          .where('shown_seq', '<=', seq)
          .execute();
      }),

    messageAgain: (id) => set(id, { shown_seq: 0 }),

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
