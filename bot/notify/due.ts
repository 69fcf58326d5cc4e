import type { CardKind, Run } from '../../engine/contracts.ts';
import type { MessageRow } from '../../engine/journal/messages.ts';

/**
 * The message that a run's present state asks for besides its moving card: an update makes no sound, so a new one is
 * posted where a person must act or the run has ended.
 */
export function dueMessage(run: Run): CardKind | undefined {
  switch (run.state) {
    case 'awaiting-approval':
      return 'approval';
    case 'awaiting-exception':
      return 'exception';
    case 'awaiting-cutover':
      // Announced anew once the freeze is over.
      return run.cutover?.isFrozen ? undefined : 'cutover';
    case 'completed':
    case 'signed-off':
    case 'failed':
    case 'rolled-back':
    case 'rollback-failed':
      return 'outcome';
    case 'aborted':
      // A draft that was dropped or ran out concerns nobody but its author, whose card says it; only a request has a reason.
      return run.reason === undefined ? undefined : 'outcome';
    case 'draft':
    case 'queued':
    case 'in-progress':
    case 'rollback-in-progress':
      return undefined;
  }
}

/**
 * The same as it is posted beside one message. Whoever was asked somewhere else hears there how it ended, and a sandbox’s home
 * that it is about to be switched. In a personal chat nobody is asked by whoever asks, nor told of what they have done there.
 */
export function dueBeside(run: Run, { kind, addressee }: MessageRow, isPersonal: boolean): CardKind | undefined {
  const due = dueMessage(run);
  const isAsk = (kind === 'approval' || kind === 'exception') && addressee !== undefined;
  const isHeardAtHome = due === 'cutover' || due === 'exception';
  if (isAsk) return due === 'outcome' || (isHeardAtHome && addressee === 'home') ? due : undefined;
  if (kind !== 'run' || (isPersonal && (due === 'approval' || run.ending?.how === 'kept'))) return undefined;
  return due;
}

/** What the home of a sandbox is told of a run that was asked for somewhere else: that it is about to be switched, and how that ended. */
export function noticeAtHome(run: Run): 'cutover' | 'outcome' | undefined {
  const due = run.approval === undefined ? undefined : dueMessage(run);
  return due === 'cutover' || due === 'outcome' ? due : undefined;
}

/**
 * Whether a retry, or a freeze, has left this message behind: it shows that and is let go, so that what the next attempt comes to is
 * posted anew and heard.
 */
export function isOvertaken(run: Run, kind: CardKind): boolean {
  const isUnderWay = run.state === 'queued' || run.state === 'in-progress';
  if (kind === 'outcome') return isUnderWay || run.state === 'awaiting-exception' || run.state === 'awaiting-cutover';
  if (kind === 'exception') return isUnderWay && run.exceptions === undefined;
  const isAhead = run.steps.some(({ name, state }) => name === 'await-cutover' && state === 'waiting');
  return kind === 'cutover' && ((isUnderWay && isAhead) || run.cutover?.isFrozen === true);
}
