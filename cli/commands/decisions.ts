import type { Run } from '../../engine/contracts.ts';
import { whyNot } from '../../engine/contracts/mayBeDone/index.ts';
import { ReasonMissingError } from '../../engine/journal/errors.ts';
import { shownText } from '../../engine/shownText.ts';
import type { CommandContext } from '../commandContext.ts';
import { defineRunCommand } from '../runCommand.ts';

export const reject = defineRunCommand({
  name: 'reject',
  summary: 'Reject the plan of a run, with a reason',
  more: '--reason TEXT',
  deed: () => 'reject',
  question({ run, reason }) {
    if (reason.trim() === '') throw new ReasonMissingError(run.runId);
    return `The request ends; ${run.target} stays as it is.`;
  },
  ask: ({ context, person, run, reason }) => context.desk.reject(person, run.runId, reason),
  say: (run) => `${run.runId} is rejected; ${run.target} stays as it is.`,
});

/** As /stop does: a request that nobody has approved yet is simply over, and an urgent one is stopped before it starts. */
function deedOf({ context, run }: { readonly context: CommandContext; readonly run: Run }): 'halt' | 'keep' | 'stop' {
  const found = (['halt', 'keep'] as const).find((deed) => whyNot(run, deed, { now: context.now() }) === undefined);
  return found ?? 'stop';
}

export const stop = defineRunCommand({
  name: 'stop',
  summary: 'Stop a run before its switch; the target stays as it is',
  deed: (asked) => deedOf(asked),
  question: (asked) =>
    deedOf(asked) !== 'stop'
      ? undefined
      : `The run ends and its copy beside ${asked.run.target} is dropped; ${asked.run.target} stays as it is.`,
  ask: (asked) => asked.context.desk[deedOf(asked)](asked.person, asked.run.runId),
  say: (run) =>
    run.state === 'aborted'
      ? `${run.runId} is over; ${run.target} stays as it is.`
      : `${run.runId} stops; the copy beside ${run.target} is dropped.`,
});

export const rollback = defineRunCommand({
  name: 'rollback',
  summary: 'Bring back the target as it was before a run',
  deed: () => 'roll-back',
  question: ({ run }) =>
    `${run.target} goes offline and becomes what it was before the run. Everything done in it since the switch is lost.`,
  ask: ({ context, person, run }) => context.desk.rollBack(person, run.runId),
  say: (run) => `${run.runId} is being rolled back.`,
});

export const signOff = defineRunCommand({
  name: 'signoff',
  summary: 'Sign a completed run off; its previous database is dropped',
  deed: () => 'sign-off',
  question: ({ context, run }) => signOffQuestion(run, context.now()),
  ask: ({ context, person, run }) => context.desk.signOff(person, run.runId),
  say: (run) => `${run.runId} is signed off; rollback is no longer possible.`,
});

export const acknowledge = defineRunCommand({
  name: 'acknowledge',
  summary: 'Say that you have seen an urgent refresh, which nobody approved',
  deed: () => 'acknowledge',
  question: () => undefined,
  ask: ({ context, person, run }) => context.desk.acknowledge(person, run.runId),
  say: (run) => `${run.runId} is acknowledged.`,
});

function signOffQuestion({ target, plan, checklist }: Run, now: string): string {
  const open = checklist.filter(({ doneBy }) => doneBy === undefined);
  const earlier = (plan?.binding.earlier ?? []).filter(({ until }) => until > now);
  return [
    `The former database of ${target} is dropped, and with it the way back.`,
    ...earlier.map(({ runId, until }) => `The way back of ${runId} (promised until ${until}) ends with it.`),
    ...(open.length > 0 ? [`Not ticked off yet: ${open.map(({ title }) => shownText(title)).join('; ')}.`] : []),
  ].join('\n');
}
