import { execute, type Action } from '../actions.ts';
import type { Subject } from '../run/runContext.ts';

/** “Cancel”: the draft or the request is over, and nothing has changed. */
export function keepButton(
  subject: Subject,
  looks: Parameters<typeof execute>[3] = {},
  title = subject.r.words.plan.cancel,
): readonly Action[] {
  return subject.may('keep') ? [execute('keep-target', title, { runId: subject.run.runId }, looks)] : [];
}

/** Back to the moments; not where nobody could approve what would come of it. */
export function changeButton(subject: Subject, looks: Parameters<typeof execute>[3] = {}): readonly Action[] {
  const title = subject.r.words.plan.change;
  return subject.may('choose-moment') ? [execute('change-moment', title, { runId: subject.run.runId }, looks)] : [];
}
