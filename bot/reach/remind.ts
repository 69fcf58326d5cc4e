import { createHash } from 'node:crypto';
import { REWIND, SCHEDULE_DEFAULTS, type Instant, type Run, type Sandbox } from '../../engine/contracts.ts';
import { OutdatedRequestError } from '../../engine/journal/errors.ts';
import { remindAt } from '../../engine/schedules/timing.ts';
import type { Asking, AskerParts } from './asking.ts';

/**
 * When half of the time is over, everybody who was asked is asked once more, by a new message in the place of the first: an
 * update makes no sound. That it is time is a record; which conversation has got its message follows from the rows.
 */
export async function remind(
  { journal, clock, log }: Pick<AskerParts, 'journal' | 'clock' | 'log'>,
  { run, kind, house, rows, beside }: Asking,
): Promise<void> {
  const { runId, expiresAt, remindedAt, told = [], firstApproval } = run;
  if (expiresAt === undefined || run.isUrgent) return;
  const now = clock.now();
  if (remindedAt === undefined) {
    if (now < halfTime(run, expiresAt, house.sandbox) || now >= expiresAt) return;
    await journal.record(runId, { kind: 'reminded' }, { actor: REWIND }).catch((error: unknown) => {
      if (!(error instanceof OutdatedRequestError)) throw error;
    });
    log.info('reminded', { runId });
    return;
  }
  for (const { conversation, address, addressee, posts, goneAt, ...row } of rows) {
    if (row.kind !== kind || posts === 0 || goneAt !== undefined) continue;
    // The first of two has done their part.
    if (kind === 'approval' && firstApproval && addressee === firstApproval.by.id) continue;
    if (addressee === undefined && conversation !== beside?.conversation) continue;
    // Whoever was found only afterwards has just been asked.
    const isOfBefore = told.some(({ to, at, why }) => to === (addressee ?? 'here') && !why && at < remindedAt);
    const id = `${runId} again ${kind === 'approval' ? '' : 'exception '}${createHash('sha256').update(conversation).digest('hex').slice(0, 32)}`;
    if (!isOfBefore || row.id === id || (await journal.message(id))) continue;
    await journal.addMessage({ id, runId, kind, conversation, address, ...(addressee ? { addressee } : {}) });
  }
}

function halfTime(
  { askedException, scheduled, createdAt }: Run,
  expiresAt: Instant,
  { policy, timeZone, schedules }: Sandbox,
): Instant {
  if (scheduled && !askedException) return remindAt(createdAt, scheduled.at, timeZone, schedules ?? SCHEDULE_DEFAULTS);
  const endMs = Date.parse(expiresAt);
  const wholeMs = askedException ? endMs - Date.parse(askedException.at) : policy.approvalExpiresMs;
  return new Date(endMs - wholeMs / 2).toISOString();
}
