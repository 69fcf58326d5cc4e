import { CARD_KINDS, type CardAddress, type CardKind, type Instant } from '../contracts.ts';
import type { CardRow, Journal } from './journal.ts';
import type { JournalTables } from './schema.ts';
import type { Reader, Session } from './session.ts';

/** Where cards lie, and which record each of them shows. */
export function sqlCards(
  session: Session,
): Pick<
  Journal,
  'saveCard' | 'cardShown' | 'cards' | 'cardsBehind' | 'forgetCard' | 'cardGone' | 'cardsGone' | 'cardBack'
> {
  return {
    saveCard: ({ runId, kind, address, shownSeq }) =>
      session.change(runId, async (change) => {
        const text = JSON.stringify(address);
        const { numUpdatedRows } = await change
          .updateTable('card')
          .set({ address: text, gone_at: null, ...(shownSeq === undefined ? {} : { shown_seq: shownSeq }) })
          .where('run_id', '=', runId)
          .where('kind', '=', kind)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows > 0n) return;
        await change
          .insertInto('card')
          .values({ run_id: runId, kind, address: text, shown_seq: shownSeq ?? 0, gone_at: null })
          .execute();
      }),

    cardShown: (runId, kind, seq) =>
      session.read(async (db) => {
        await db
          .updateTable('card')
          .set({ shown_seq: seq })
          .where('run_id', '=', runId)
          .where('kind', '=', kind)
          .where('shown_seq', '<', seq)
          .execute();
      }),

    cards: (runId) =>
      session.read(async (db) => {
        const rows = await db.selectFrom('card').selectAll().where('run_id', '=', runId).execute();
        return rows.map(cardOf).sort((a, b) => CARD_KINDS.indexOf(a.kind) - CARD_KINDS.indexOf(b.kind));
      }),

    cardsBehind: (limit) =>
      session.read(async (db) => {
        const rows = await db
          .selectFrom('card')
          .innerJoin('run', 'run.run_id', 'card.run_id')
          .selectAll('card')
          .whereRef('card.shown_seq', '<', 'run.version')
          .where('card.gone_at', 'is', null)
          .orderBy('run.number')
          .orderBy('card.kind')
          .offset(0)
          .fetch(limit)
          .execute();
        return rows.map(cardOf);
      }),

    forgetCard: (runId, kind) =>
      session.read(async (db) => {
        await db.deleteFrom('card').where('run_id', '=', runId).where('kind', '=', kind).execute();
      }),

    cardGone: (runId, kind) => session.read(async (db) => setGone(db, runId, kind, await session.now(db))),

    cardsGone: () =>
      session.read(async (db) => {
        const rows = await db
          .selectFrom('card')
          .innerJoin('run', 'run.run_id', 'card.run_id')
          .selectAll('card')
          .where('card.gone_at', 'is not', null)
          .orderBy('run.number')
          .orderBy('card.kind')
          .execute();
        return rows.map(cardOf);
      }),

    cardBack: (runId, kind) => session.read((db) => setGone(db, runId, kind, null)),
  };
}

async function setGone(db: Reader, runId: string, kind: CardKind, goneAt: Instant | null): Promise<void> {
  await db.updateTable('card').set({ gone_at: goneAt }).where('run_id', '=', runId).where('kind', '=', kind).execute();
}

/** Kind and address were written by `saveCard`. */
function cardOf(row: JournalTables['card']): CardRow {
  return {
    runId: row.run_id,
    kind: row.kind as CardKind,
    address: JSON.parse(row.address) as CardAddress,
    shownSeq: row.shown_seq,
    ...(row.gone_at === null ? {} : { goneAt: row.gone_at }),
  };
}
