import { shownLines, shownText } from '../../engine/shownText.ts';
import { describeTarget, describeWayBack, ENDINGS } from '../../engine/contracts/mayBeDone/index.ts';
import type { LogLine, Person, Run, RunRecord } from '../../engine/contracts.ts';
import { isStoppedStep } from '../../engine/runs/shownSteps.ts';

/**
 * The log of a run as people download it: what it was about, what state it is in, the runbook step by step, who did what,
 * and every line the worker wrote. Times are UTC. The lines were scrubbed when they were written.
 */
export function writeLog(run: Run, records: readonly RunRecord[], lines: readonly LogLine[]): string {
  const sections = [summary(run), steps(run), people(records), ['Log', ...lines.flatMap(logLine)]];
  return sections.map((section) => `${section.map((line) => line.trimEnd()).join('\n')}\n`).join('\n');
}

function summary(run: Run): string[] {
  const way = describeWayBack(run);
  return [
    `Rewind ${run.runId}: ${shownText(run.target)} from ${shownText(run.source)}${run.at ? ` as of ${run.at}` : ''}`,
    `State         ${run.state}`,
    `Sandbox       ${shownText(run.target)} ${describeTarget(run)}`,
    `Requested by  ${who(run.requestedBy)} at ${run.createdAt}`,
    ...(run.reason ? [`Reason        ${shownText(run.reason)}`] : []),
    ...(run.isUrgent ? ['Urgent        nobody approved it'] : []),
    ...[run.firstApproval, run.approval].flatMap((one) => (one ? [`Approved by   ${who(one.by)} at ${one.at}`] : [])),
    ...(run.acknowledged ? [`Seen by       ${who(run.acknowledged.by)} at ${run.acknowledged.at}`] : []),
    ...(run.plan ? [`Plan          ${run.plan.digest}`] : []),
    ...(run.ending
      ? [
          `Ended         ${ENDINGS[run.ending.how]}${run.ending.why ? ` (${run.ending.why})` : ''} by ${who(run.ending.by)} at ${run.ending.at} ${shownText(run.ending.reason)}`,
        ]
      : []),
    ...(run.rollback ? [`Rolled back   asked by ${who(run.rollback.by)} at ${run.rollback.requestedAt}`] : []),
    ...(run.acceptedBy ? [`Taken over by ${who(run.acceptedBy)}`] : []),
    ...(run.signedOffBy ? [`Signed off by ${who(run.signedOffBy)}`] : []),
    ...(run.failure
      ? [
          `Failed in     ${run.failure.step} (${run.failure.code})`,
          ...shownLines(run.failure.message).map((line) => `              ${line}`),
          ...shownLines(run.failure.remedy).map((line) => `              ${line}`),
        ]
      : []),
    ...(way === undefined ? [] : [`Rollback      ${way}`]),
  ];
}

function steps(run: Run): string[] {
  return [
    'Steps',
    ...run.steps.map((step) => {
      const state = isStoppedStep(run, step) ? 'stopped' : step.state;
      const { name, startedAt = '', endedAt = '', detail } = step;
      return `  ${name.padEnd(22)} ${state.padEnd(8)} ${startedAt.padEnd(24)} ${endedAt.padEnd(24)} ${shownText(detail)}`.trimEnd();
    }),
  ];
}

function people(records: readonly RunRecord[]): string[] {
  const byPeople = records.filter(({ actor }) => actor.tenantId !== '');
  return ['Asked by people', ...byPeople.map(({ at, event, actor }) => `  ${at} ${event.padEnd(14)} ${who(actor)}`)];
}

/** Longer texts (statements to finish or undo by hand) keep their lines, indented so that none can pass for another entry. */
function logLine({ at, step, text }: LogLine): string[] {
  const [first = '', ...more] = shownLines(text);
  return [`  ${at} ${shownText(step, 22)} ${first}`, ...more.map((line) => `    ${line}`)];
}

function who({ name, id }: Person): string {
  return `${shownText(name)} (${shownText(id)})`;
}
