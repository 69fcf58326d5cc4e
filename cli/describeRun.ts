import type { Run } from '../engine/contracts.ts';

export const oneLine = (run: Run): string =>
  `${run.runId}  ${run.target.padEnd(10)} ${stateOf(run).padEnd(20)} as of ${run.at ?? '(not chosen)'}  ${run.requestedBy.name}`;

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
      ? `${run.target} was switched to another database by ${run.replacedBy.runId} at ${run.replacedBy.at}`
      : `${run.target} ${TARGET_STATES[run.targetState]}`,
    ...(run.reason ? [`Reason: ${run.reason}`] : []),
    ...(run.approval ? [`Approved by ${run.approval.by.name} at ${run.approval.at}`] : []),
    ...run.steps.map((step) => `  ${GLYPHS[step.state]} ${step.name.padEnd(24)} ${step.detail.split('\n')[0] ?? ''}`),
    ...(run.failure ? [`${run.failure.code}: ${run.failure.message}`, `→ ${run.failure.remedy}`] : []),
    ...(run.acceptedBy ? [`Left as it is by ${run.acceptedBy.name}`] : []),
    ...rollbackUntil(run),
    ...Object.entries(run.figures).map(([name, value]) => `  ${name}: ${Number(value).toFixed(2)}`),
  ];
  return lines.join('\n');
}

/** Behind a failed switch the way back stays open until somebody decides. */
function rollbackUntil(run: Run): readonly string[] {
  if (run.generation === undefined || run.isPreviousRetired || run.replacedBy) return [];
  if (!run.acceptedBy && (run.state === 'failed' || run.state === 'rollback-failed'))
    return ['Rollback until somebody decides'];
  return run.previousKeptUntil ? [`Rollback until ${run.previousKeptUntil}`] : [];
}
