import { createHash } from 'node:crypto';
import { REWIND, type Run } from '../../engine/contracts.ts';
import { isUnacknowledged } from '../../engine/contracts/mayBeDone/index.ts';
import { OutdatedRequestError } from '../../engine/journal/errors.ts';
import { TRANSITIONS } from '../../engine/journal/events.ts';
import type { AskerParts } from './asking.ts';

/** So long an urgent refresh may lie there unseen before it is said once more. */
const AFTER_MS = 24 * 3_600_000;
/** Urgent refreshes are few, and what is older was said once more already. */
const LOOKED_AT = 20;

/**
 * A day after its end, an urgent refresh that nobody has acknowledged is brought up once more: its outcome as a new message in
 * the place of the first. That it is time is a record; which conversation has got its message follows from the rows.
 */
export async function remindOfUrgent({ journal, clock, log, installation }: AskerParts): Promise<void> {
  const late = new Date(Date.parse(clock.now()) - AFTER_MS).toISOString();
  const isLate = (run: Run) => isUnacknowledged(run) && run.endedAt !== undefined && run.endedAt <= late;
  for (const { name } of installation.sandboxes.filter(({ urgent }) => urgent !== undefined))
    for (const run of (
      await journal.runs({ target: name, states: TRANSITIONS.acknowledge.from, limit: LOOKED_AT })
    ).filter(isLate)) {
      const { runId, acknowledgeRemindedAt } = run;
      if (acknowledgeRemindedAt === undefined) {
        await journal.record(runId, { kind: 'acknowledge-reminded' }, { actor: REWIND }).catch((error: unknown) => {
          if (!(error instanceof OutdatedRequestError)) throw error;
        });
        log.info('reminded-of-urgent', { runId });
      }
      for (const { kind, conversation, address, addressee, posts, goneAt, ...row } of await journal.cards(runId)) {
        if (kind !== 'outcome' || posts === 0 || goneAt !== undefined) continue;
        const id = `${runId} unseen ${createHash('sha256').update(conversation).digest('hex').slice(0, 32)}`;
        if (row.id === id || (await journal.message(id))) continue;
        await journal.addMessage({ id, runId, kind, conversation, address, ...(addressee ? { addressee } : {}) });
      }
    }
}
