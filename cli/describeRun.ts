import type { NamedFinding, Run } from '../engine/contracts.ts';
import {
  describeTarget,
  describeWayBack,
  ENDINGS,
  isWithExceptions,
  isUnacknowledged,
} from '../engine/contracts/mayBeDone/index.ts';
import { shownLines, shownText } from '../engine/shownText.ts';
import { isStoppedStep, shownSteps } from '../engine/runs/shownSteps.ts';
import { describePlan } from './describePlan.ts';
import { wayWords } from './wayWords.ts';

export const oneLine = (run: Run): string =>
  `${shownText(run.runId)}  ${shownText(run.target, 10)} ${shownText(stateOf(run), 20)} as of ${shownText(run.at ?? '(not chosen)')}  ${shownText(run.requestedBy.name)}${urgencyOf(run)}`;

/** Behind the line, so that whatever reads its columns still finds them. */
const urgencyOf = (run: Run): string => {
  if (!run.isUrgent) return '';
  return isUnacknowledged(run) ? '  urgent, not acknowledged' : '  urgent';
};

const stateOf = (run: Run): string => {
  const { state, replacedBy } = run;
  return [state, ...(isWithExceptions(run) ? ['with exceptions'] : []), ...(replacedBy ? ['replaced'] : [])].join(', ');
};

const GLYPHS = { waiting: '·', running: '…', done: '✓', failed: '✗', skipped: '–' } as const;

/** A run as a terminal shows it. */
export function describeRun(run: Run): string {
  const way = describeWayBack(run);
  const lines = [
    oneLine(run),
    `${shownText(run.target)} ${shownText(describeTarget(run))}`,
    `Requested by ${shownText(run.requestedBy.name)}${wayWords(run.requestedBy)}`,
    ...(run.reason ? [`Reason: ${shownText(run.reason)}`] : []),
    ...(run.isUrgent ? ['Urgent: nobody approves it'] : []),
    ...[run.firstApproval, run.approval].flatMap((approval) =>
      approval
        ? [
            `Approved by ${shownText(approval.by.name)} at ${approval.at}${wayWords(approval.by)}${approval.comment ? `: ${shownText(approval.comment)}` : ''}`,
          ]
        : [],
    ),
    ...(run.acknowledged
      ? [
          `Acknowledged by ${shownText(run.acknowledged.by.name)} at ${run.acknowledged.at}${wayWords(run.acknowledged.by)}`,
        ]
      : []),
    ...shownSteps(run).map((step) => {
      const isStopped = isStoppedStep(run, step);
      const detail = isStopped ? 'stopped' : (shownLines(step.detail)[0] ?? '');
      return `  ${isStopped ? '■' : GLYPHS[step.state]} ${`${step.name}${step.isAgain ? ', 2nd' : ''}`.padEnd(24)} ${detail}`;
    }),
    ...(run.failure
      ? [indented(`${run.failure.code}: ${run.failure.message}`), indented(`→ ${run.failure.remedy}`)]
      : []),
    ...exceptionsOf(run),
    ...endingOf(run),
    ...(run.acceptedBy ? [`Taken over by ${shownText(run.acceptedBy.name)}${wayWords(run.acceptedBy)}`] : []),
    ...(way === undefined ? [] : [`Rollback ${way}`]),
    ...(run.plan ? [describePlan(run, run.plan)] : []),
    ...Object.entries(run.figures).map(([name, value]) => `  ${shownText(name)}: ${Number(value).toFixed(2)}`),
  ];
  return lines.join('\n');
}

/** What a proof has found and somebody is to accept, or has accepted. */
function exceptionsOf({ askedException, exceptions = [], expiresAt, state }: Run): readonly string[] {
  const isAsked = state === 'awaiting-exception' && askedException !== undefined;
  return [
    ...(isAsked
      ? [
          `Waits until ${expiresAt ?? ''} for somebody who accepts exactly this:`,
          ...askedException.findings.map((finding) => `  ${shownText(describeFinding(finding))}`),
        ]
      : []),
    ...exceptions.flatMap(({ findings, by, until, reason, runId }) => [
      `Exceptions accepted by ${shownText(by.name)}${wayWords(by)} until ${shownText(until)}, of ${shownText(runId)}: ${shownText(reason)}`,
      ...findings.map((finding) => `  ${shownText(describeFinding(finding))}`),
    ]),
  ];
}

export const describeFinding = ({ database, schema, table, column, kind, count }: NamedFinding): string =>
  `${[database, schema, table, column].filter((part) => part !== '').join('.')}: ${kind}, ${count.toLocaleString('en')}`;

/** Lines of a command's output stand below the sentence that they explain, where none passes for a line of ours. */
const indented = (text: string): string => shownLines(text).join('\n    ');

function endingOf({ ending, rollback, signedOffBy, stopRequestedBy }: Run): readonly string[] {
  const stops = ending ? undefined : stopRequestedBy;
  return [
    ...(stops ? [`To be stopped, asked by ${shownText(stops.name)}${wayWords(stops)}`] : []),
    ...(ending && ending.how !== 'expired'
      ? [
          `${ENDINGS[ending.how]}${ending.why ? ` (${ending.why})` : ''} by ${shownText(ending.by.name)}${wayWords(ending.by)}${ending.reason === '' ? '' : `: ${shownText(ending.reason)}`}`,
        ]
      : []),
    ...(rollback ? [`Rollback asked by ${shownText(rollback.by.name)}${wayWords(rollback.by)}`] : []),
    ...(signedOffBy ? [`Signed off by ${shownText(signedOffBy.name)}${wayWords(signedOffBy)}`] : []),
  ];
}
