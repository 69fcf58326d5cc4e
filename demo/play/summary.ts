import type { Run } from '../../engine/contracts.ts';

/**
 * One run in the play's last line. Seconds; null for what the run never came to. `overheadPercent` is the share that lies
 * between the steps; what the engine adds to a bare restore altogether is measured by `npm run bench`.
 */
export function summaryOf({ runId, target, state, figures }: Run) {
  const { totalSeconds, workSeconds, waitedSeconds = 0 } = figures;
  const overhead =
    totalSeconds === undefined || workSeconds === undefined
      ? null
      : round(((totalSeconds - waitedSeconds - workSeconds) / totalSeconds) * 100);
  return {
    run: runId,
    target,
    state,
    totalSeconds: round(totalSeconds),
    restoreSeconds: round(figures.restoreSeconds),
    sanitizeSeconds: round(figures.sanitizeSeconds),
    switchSeconds: round(figures.switchSeconds),
    unavailableSeconds: round(figures.unavailableSeconds),
    rollbackSeconds: round(figures.rollbackSeconds),
    overheadPercent: overhead,
  };
}

function round(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 1000) / 1000;
}
