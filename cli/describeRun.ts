import type { Run } from '../engine/contracts.ts';
import { shownLines, shownText } from '../engine/shownText.ts';

export const oneLine = (run: Run): string =>
  `${run.runId}  ${shownText(run.target, 10)} ${stateOf(run).padEnd(20)} as of ${run.at ?? '(not chosen)'}  ${shownText(run.requestedBy.name)}`;

const stateOf = ({ state, replacedBy }: Run): string => (replacedBy ? `${state}, replaced` : state);

const TARGET_STATES = {
  old: 'holds its own database from before the run',
  new: 'holds the refreshed database',
  closed: 'is closed to all but the service',
} as const;

const GLYPHS = { waiting: '·', running: '…', done: '✓', failed: '✗', skipped: '–' } as const;

/** A run as a terminal shows it. */
export function describeRun(run: Run): string {
  const lines = [
    oneLine(run),
    run.replacedBy
      ? `${shownText(run.target)} was switched to another database by ${run.replacedBy.runId} at ${run.replacedBy.at}`
      : `${shownText(run.target)} ${TARGET_STATES[run.targetState]}`,
    ...(run.reason ? [`Reason: ${shownText(run.reason)}`] : []),
    ...(run.approval ? [`Approved by ${shownText(run.approval.by.name)} at ${run.approval.at}`] : []),
    ...run.steps.map((step) => `  ${GLYPHS[step.state]} ${step.name.padEnd(24)} ${shownLines(step.detail)[0] ?? ''}`),
    ...(run.failure
      ? [indented(`${run.failure.code}: ${run.failure.message}`), indented(`→ ${run.failure.remedy}`)]
      : []),
    ...(run.acceptedBy ? [`Left as it is by ${shownText(run.acceptedBy.name)}`] : []),
    ...rollbackUntil(run),
    ...Object.entries(run.figures).map(([name, value]) => `  ${shownText(name)}: ${Number(value).toFixed(2)}`),
  ];
  return lines.join('\n');
}

/** Lines of a command's output stand below the sentence that they explain, where none passes for a line of ours. */
const indented = (text: string): string => shownLines(text).join('\n    ');

/** Behind a failed switch the way back stays open until somebody decides. */
function rollbackUntil(run: Run): readonly string[] {
  if (run.generation === undefined || run.isPreviousRetired || run.replacedBy) return [];
  if (!run.acceptedBy && (run.state === 'failed' || run.state === 'rollback-failed'))
    return ['Rollback until somebody decides'];
  return run.previousKeptUntil ? [`Rollback until ${run.previousKeptUntil}`] : [];
}
