import type { Run } from '../../engine/contracts.ts';
import type { Clock } from '../../engine/clock.ts';
import { keepHead } from '../../engine/journal/audit/headFile.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { MessageRow } from '../../engine/journal/messages.ts';
import type { Log } from '../../env/log.ts';
import type { Renderer } from '../rendering/renderer.ts';
import { dueMessage } from './due.ts';

export interface HeadParts {
  readonly journal: Journal;
  readonly renderer: Pick<Renderer, 'notice'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** Absent: the message alone keeps it. */
  readonly file?: string | undefined;
}

/**
 * Tells the head of a run that has come to an end where whoever can write the journal cannot change it: once per end, in a
 * message that no update ever reaches, where the run has a conversation, and in the installation’s file. At least once: it is
 * told before that is noted.
 */
export function createHeadKeeper(parts: HeadParts): (run: Run, beside: MessageRow | undefined) => Promise<void> {
  const { journal, renderer, clock, log, file } = parts;
  return async (run, beside) => {
    const { runId, state, endedAt } = run;
    if (endedAt === undefined || dueMessage(run) !== 'outcome' || !isDecided(run)) return;
    if (beside === undefined && file === undefined) return;
    if (await journal.isHeadKept({ runId, state, endedAt })) return;
    const head = (await journal.records(runId)).at(-1);
    if (!head) return;
    const { seq, hash } = head;
    const isInFile =
      file !== undefined &&
      (await keepHead(file, { at: clock.now(), runId, state, seq, hash }).then(
        () => true,
        (error: unknown) => {
          // The message says the same; whoever looks after the file can add the line from here.
          log.error('head-not-in-file', { runId, state, seq, hash, err: error });
          return false;
        },
      ));
    if (beside) {
      const picture = renderer.notice({ zone: run.zone, locale: 'en' }, wordsOf(runId, seq, hash));
      const { conversation, address } = beside;
      await journal.addMessage({ runId, kind: 'note', conversation, address, picture });
    } else if (!isInFile) return;
    await journal.headKept({ runId, state, endedAt });
    log.info('head-kept', { runId, state, seq });
  };
}

/** A request that ended without a decision has changed nothing. */
const isDecided = ({ state, approval, ending }: Run): boolean =>
  state !== 'aborted' || approval !== undefined || ending?.how === 'rejected';

const wordsOf = (runId: string, seq: number, hash: string) => ({
  tone: 'info' as const,
  title: `For whoever audits ${runId}: the head of its records`,
  text: `This message asks nothing of anybody. Record ${String(seq)} is the last one so far, and its hash is ${hash}. This message is never updated: rewind audit ${runId} has to give the same hash for that record.`,
});
