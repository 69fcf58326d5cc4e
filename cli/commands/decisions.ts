import { shownText } from '../../engine/shownText.ts';
import { defineRunCommand } from '../runCommand.ts';

export const approve = defineRunCommand(
  'approve',
  'Approve the plan of a run, as a second person',
  ({ context, person, run }) => context.desk.approve(person, run.runId, run.plan?.digest ?? ''),
  (run) =>
    `${run.runId} is approved by ${shownText(run.approval?.by.name ?? '')} and starts as soon as a worker is free.`,
);

export const reject = defineRunCommand(
  'reject',
  'Reject the plan of a run',
  ({ context, person, run, reason }) => context.desk.reject(person, run.runId, reason),
  (run) => `${run.runId} is rejected; ${run.target} stays as it is.`,
);

export const stop = defineRunCommand(
  'stop',
  'Stop a run before its switch; the target stays as it is',
  // As /stop does: a request that nobody has approved yet is simply over.
  ({ context, person, run }) =>
    ['draft', 'awaiting-approval'].includes(run.state)
      ? context.desk.keep(person, run.runId)
      : context.desk.stop(person, run.runId),
  (run) =>
    run.state === 'aborted'
      ? `${run.runId} is over; ${run.target} stays as it is.`
      : `${run.runId} stops; the copy beside ${run.target} is dropped.`,
);

export const rollback = defineRunCommand(
  'rollback',
  'Bring back the target as it was before a run',
  ({ context, person, run }) => context.desk.rollBack(person, run.runId),
  (run) => `${run.runId} is being rolled back.`,
);

export const signOff = defineRunCommand(
  'signoff',
  'Sign a completed run off; its previous database is dropped',
  ({ context, person, run }) => context.desk.signOff(person, run.runId),
  (run) => `${run.runId} is signed off; rollback is no longer possible.`,
);
