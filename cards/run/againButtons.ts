import { execute, type Action } from '../actions.ts';
import type { Raw } from '../text.ts';
import type { Subject } from './runContext.ts';

/** “Plan again” for a run that is over; where everybody who may approve has shaped it, a draft that nobody has shaped yet. */
export function againButtons(subject: Subject, title: Raw): readonly Action[] {
  if (!subject.mayPlanAgain()) return [newDraft(subject)];
  return [execute('plan-again', title, { runId: subject.run.runId })];
}

/** Begins anew, in a message of its own: nobody has had a hand in that one but whoever presses. */
export function newDraft({ r, run }: Subject): Action {
  return execute('refresh-target', r.words.approval.newDraft, { target: run.target, runId: run.runId });
}
