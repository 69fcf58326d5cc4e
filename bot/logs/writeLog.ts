import type { LogLine, Person, Run, RunRecord } from '../../engine/contracts.ts';

/**
 * The log of a run as people download it: what it was about, what state it is in, the runbook step by step, who did what,
 * and every line the worker wrote. Times are UTC. The lines were scrubbed when they were written.
 */
export function writeLog(run: Run, records: readonly RunRecord[], lines: readonly LogLine[]): string {
  const sections = [summary(run), steps(run), people(records), ['Log', ...lines.flatMap(logLine)]];
  return sections.map((section) => `${section.map(printable).join('\n')}\n`).join('\n');
}

function summary(run: Run): string[] {
  return [
    `Rewind ${run.runId}: ${run.target} from ${run.source}${run.at ? ` as of ${run.at}` : ''}`,
    `State         ${run.state}`,
    `Target is     ${targetIs(run)}`,
    `Requested by  ${who(run.requestedBy)} at ${run.createdAt}`,
    ...(run.reason ? [`Reason        ${run.reason}`] : []),
    ...(run.approval ? [`Approved by   ${who(run.approval.by)} at ${run.approval.at}`] : []),
    ...(run.plan ? [`Plan          ${run.plan.digest}`] : []),
    ...(run.ending
      ? [`Ended         ${run.ending.how} by ${who(run.ending.by)} at ${run.ending.at} ${run.ending.reason}`]
      : []),
    ...(run.rollback ? [`Rolled back   asked by ${who(run.rollback.by)} at ${run.rollback.requestedAt}`] : []),
    ...(run.acceptedBy ? [`Accepted by   ${who(run.acceptedBy)}`] : []),
    ...(run.signedOffBy ? [`Signed off by ${who(run.signedOffBy)}`] : []),
    ...(run.failure
      ? [
          `Failed in     ${run.failure.step} (${run.failure.code})`,
          `              ${run.failure.message}`,
          `              ${run.failure.remedy}`,
        ]
      : []),
    ...(run.replacedBy ? [`Replaced by   ${run.replacedBy.runId} at ${run.replacedBy.at}`] : []),
    ...(run.previousKeptUntil && !run.isPreviousRetired ? [`Previous kept until ${run.previousKeptUntil}`] : []),
  ];
}

function targetIs(run: Run): string {
  if (run.replacedBy) return 'another database by now';
  if (run.targetState === 'old') return 'the former database, in use';
  if (run.targetState === 'new') return 'the new database, in use';
  return 'closed to all but the service';
}

function steps(run: Run): string[] {
  return [
    'Steps',
    ...run.steps.map(({ name, state, startedAt = '', endedAt = '', detail }) =>
      `  ${name.padEnd(22)} ${state.padEnd(8)} ${startedAt.padEnd(24)} ${endedAt.padEnd(24)} ${detail}`.trimEnd(),
    ),
  ];
}

function people(records: readonly RunRecord[]): string[] {
  const byPeople = records.filter(({ actor }) => actor.tenantId !== '');
  return ['Asked by people', ...byPeople.map(({ at, event, actor }) => `  ${at} ${event.padEnd(14)} ${who(actor)}`)];
}

/** Longer texts (statements to finish or undo by hand) keep their lines, indented so that none can pass for another entry. */
function logLine({ at, step, text }: LogLine): string[] {
  const [first = '', ...more] = text.split(/\r?\n/);
  return [`  ${at} ${step.padEnd(22)} ${first}`, ...more.map((line) => `    ${line}`)];
}

function who({ name, id }: Person): string {
  return `${name} (${id})`;
}

/** One line is one entry, and no terminal that shows it can be told to do anything by it. */
function printable(line: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  return line.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ').trimEnd();
}
