import type { Run } from '../engine/contracts.ts';

export const oneLine = (run: Run): string =>
  `${run.runId}  ${run.target.padEnd(10)} ${run.state.padEnd(20)} as of ${run.at ?? '(not chosen)'}  ${run.requestedBy.name}`;

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
    `${run.target} ${TARGET_STATES[run.targetState]}`,
    ...(run.reason ? [`Reason: ${run.reason}`] : []),
    ...(run.approval ? [`Approved by ${run.approval.by.name} at ${run.approval.at}`] : []),
    ...run.steps.map((step) => `  ${GLYPHS[step.state]} ${step.name.padEnd(24)} ${step.detail}`),
    ...(run.failure ? [`${run.failure.code}: ${run.failure.message}`, `→ ${run.failure.remedy}`] : []),
    ...(run.previousKeptUntil && !run.isPreviousRetired ? [`Rollback until ${run.previousKeptUntil}`] : []),
    ...Object.entries(run.figures).map(([name, value]) => `  ${name}: ${Number(value).toFixed(2)}`),
  ];
  return lines.join('\n');
}
