import { whyNot } from '../../engine/contracts/mayBeDone/index.ts';
import { defineRunCommand } from '../runCommand.ts';

export const reject = defineRunCommand(
  'reject',
  'Reject the plan of a run, with a reason',
  ({ context, person, run, reason }) => context.desk.reject(person, run.runId, reason),
  (run) => `${run.runId} is rejected; ${run.target} stays as it is.`,
  '--reason TEXT',
);

export const stop = defineRunCommand(
  'stop',
  'Stop a run before its switch; the target stays as it is',
  // As /stop does: a request that nobody has approved yet is simply over.
  ({ context, person, run }) =>
    whyNot(run, 'keep', { now: context.now() }) === undefined
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
