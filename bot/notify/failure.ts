import type { CardAddress } from '../../engine/contracts.ts';
import type { DueMessage } from '../../engine/journal/messages.ts';
import { ChatBusyError, ChatRefusedError } from '../chat/errors.ts';
import type { DeliveryParts, Outcome } from './deliveryParts.ts';
import type { Lane } from './lanes.ts';
import { backOffMs, isGivenUp } from './pace.ts';
import type { Remembered } from './remembered.ts';

interface Failed {
  readonly row: DueMessage;
  readonly lane: Lane;
  readonly known: Remembered;
  readonly error: unknown;
  readonly takeLate: (address: CardAddress) => Promise<void>;
}

/** Who has to wait: the conversation when the chat is busy, this message alone when it is about that; or nobody any more. */
export async function afterFailure(parts: DeliveryParts, failed: Failed): Promise<Outcome> {
  const { journal, clock, log, random } = parts;
  const { row, lane, known, error } = failed;
  const fields = { runId: row.runId, kind: row.kind, err: error };
  const isBusy = error instanceof ChatBusyError;
  const isOwn = !isBusy || error.isOwnFault;
  if (isOwn) known.failures += 1;
  if (error instanceof ChatRefusedError || (await isHopeless(parts, failed))) {
    log.warn('chat-gone', fields);
    // A note comes too late in any case; a card catches up.
    if (row.kind === 'note') await journal.forgetMessage(row.id);
    else await journal.messageGone(row.id, error instanceof ChatRefusedError ? error.why : 'no-answer');
    return 'done';
  }
  if (row.posts === 0 && isBusy && error.isRefusal) {
    known.isUntried = true;
    await journal.messageTried(row.id, false);
  }
  if (isBusy) void error.late?.then(failed.takeLate).catch(() => {});
  if (isOwn) {
    const waitMs = backOffMs(known.failures, isBusy ? error.retryAfterMs : undefined, random);
    known.notBeforeMs = clock.elapsedMs() + waitMs;
    log.warn('message-postponed', { ...fields, waitMs: Math.round(waitMs) });
    return 'done';
  }
  lane.failures += 1;
  const waitMs = backOffMs(lane.failures, error.retryAfterMs, random);
  lane.notBeforeMs = clock.elapsedMs() + waitMs;
  log.warn('conversation-postponed', { ...fields, waitMs: Math.round(waitMs) });
  return 'waits';
}

/** When the chat is down nothing is given up: only answers about this conversation or message count. */
async function isHopeless({ journal, clock }: DeliveryParts, { row, known, error }: Failed): Promise<boolean> {
  if (!(error instanceof ChatBusyError) || !error.isOwnFault) return false;
  if (row.runId === undefined) return known.failures >= 10;
  const next = (await journal.records(row.runId)).find(({ seq }) => seq > row.shownSeq);
  return next !== undefined && isGivenUp(known.failures, next.at, clock.now());
}
