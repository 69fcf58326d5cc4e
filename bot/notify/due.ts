import type { CardKind, Run } from '../../engine/contracts.ts';

/**
 * The message that a run's present state asks for besides its moving card: an update makes no sound, so a new one is
 * posted where a person must act or the run has ended.
 */
export function dueMessage(run: Run): CardKind | undefined {
  switch (run.state) {
    case 'awaiting-approval':
      return 'approval';
    case 'awaiting-cutover':
      return 'cutover';
    case 'completed':
    case 'signed-off':
    case 'failed':
    case 'rolled-back':
    case 'rollback-failed':
      return 'outcome';
    case 'aborted':
      // A draft that was dropped or ran out concerns nobody but its author, whose card says it.
      return run.approval || run.ending?.how === 'rejected' ? 'outcome' : undefined;
    case 'draft':
    case 'queued':
    case 'in-progress':
    case 'rollback-in-progress':
      return undefined;
  }
}
