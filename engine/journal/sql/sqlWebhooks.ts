import type { Announced, Instant } from '../../contracts.ts';
import type { JournalAccess } from '../access.ts';
import type { WebhookOutbox } from '../webhooks.ts';

/** A record that is committed later than its time says is still found: nothing is told twice, whatever is looked at twice. */
const OVERLAP_MS = 120_000;
/** So long an id is remembered behind its end. */
const REMEMBERED_MS = 7 * 86_400_000;
const AT_ONCE = 50;

const before = (at: Instant, ms: number): Instant => new Date(Date.parse(at) - ms).toISOString();

export function sqlWebhooks(access: JournalAccess): WebhookOutbox {
  return {
    happened: (hook, events) =>
      access.read(async (db) => {
        const until = await access.now(db);
        const last = await db.selectFrom('webhook_look').select('until').where('hook', '=', hook).executeTakeFirst();
        if (!last) return { found: [], until };
        const rows = await db
          .selectFrom('record')
          .select(['run_id', 'seq', 'at', 'event', 'data'])
          .where('at', '>=', before(last.until, OVERLAP_MS))
          .where('event', 'in', [...events])
          .orderBy('at')
          .orderBy('seq')
          .execute();
        const found = rows.map(({ run_id: runId, data, ...row }) => ({
          ...row,
          runId,
          data: JSON.parse(data) as unknown,
        }));
        return { found, until };
      }),

    add: (hook, until, deliveries) =>
      access.change('What webhooks are told', async (change) => {
        const known =
          deliveries.length === 0
            ? []
            : await change.selectFrom('webhook').select('id').where('hook', '=', hook).execute();
        for (const { id, runId, what, body, dueAt, until: end } of deliveries) {
          if (known.some((one) => one.id === id)) continue;
          const row = { id, hook, run_id: runId, what, body, due_at: dueAt, until: end, tries: 0 };
          await change.insertInto('webhook').values(row).execute();
        }
        await change
          .deleteFrom('webhook')
          .where('due_at', 'is', null)
          .where('until', '<', before(until, REMEMBERED_MS))
          .execute();
        await change.deleteFrom('webhook_look').where('hook', '=', hook).execute();
        await change.insertInto('webhook_look').values({ hook, until }).execute();
      }),

    due: (hook, at) =>
      access.read(async (db) => {
        const rows = await db
          .selectFrom('webhook')
          .selectAll()
          .where('hook', '=', hook)
          .where('due_at', '<=', at)
          .orderBy('due_at')
          .offset(0)
          .fetch(AT_ONCE)
          .execute();
        return rows.map(({ run_id: runId, due_at: dueAt, what, ...row }) => ({
          ...{ ...row, runId, dueAt: dueAt ?? at },
          // Written by `add`.
          what: what as Announced,
        }));
      }),

    keepOnly: (hooks) =>
      access.change('What webhooks are told', async (change) => {
        // No hook is called like that: an empty list is no SQL.
        const names = [...hooks, ''];
        await change.deleteFrom('webhook_look').where('hook', 'not in', names).execute();
        await change
          .updateTable('webhook')
          .set({ due_at: null })
          .where('hook', 'not in', names)
          .where('due_at', 'is not', null)
          .execute();
      }),

    tried: (id, next) =>
      access.read(async (db) => {
        await db
          .updateTable('webhook')
          .set(({ eb }) => ({ due_at: next === 'over' ? null : next.dueAt, tries: eb('tries', '+', 1) }))
          .where('id', '=', id)
          .execute();
      }),
  };
}
