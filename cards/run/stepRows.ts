import { STEP_NAMES, type Progress, type Run, type StepStatus } from '../../engine/contracts.ts';
import { type ShownStep, isStoppedStep, shownSteps } from '../../engine/runs/shownSteps.ts';
import type { Reader } from '../reader.ts';
import type { Md, Safe } from '../text.ts';

export interface StepRow {
  readonly glyph: string;
  readonly title: Md;
  readonly detail: Md;
  readonly time: Md;
  readonly weight: 'Bolder' | 'Default';
  readonly isWaiting: boolean;
}

const GLYPHS = { waiting: '⚪', running: '🔄', done: '✅', failed: '❌', skipped: '⏭️' } as const;
const STOPPED = '⏹️';

/** The runbook as rows of a card. The failed step's detail repeats the failure's message: cards that show that leave it out. */
export function stepRows(
  r: Reader,
  run: Run,
  { progress, hidesFailure = false }: { readonly progress?: Progress; readonly hidesFailure?: boolean } = {},
): readonly StepRow[] {
  return shownSteps(run).map((step) => {
    const live = progress?.step === step.name && step.state === 'running' ? progress.detail : '';
    const detail = step.state === 'waiting' || (step.state === 'failed' && hidesFailure) ? '' : live || step.detail;
    return {
      glyph: isStoppedStep(run, step) ? STOPPED : GLYPHS[step.state],
      title: titleOf(r, step),
      // A failure may quote several lines; the row has place for what happened.
      detail: detail === '' ? NONE : r.plain(r.told(detail.split('\n')[0] ?? ''), 120),
      time: isStoppedStep(run, step) ? r.words.progress.stopped : timeOf(r, step),
      weight: step.state === 'running' || step.state === 'failed' ? 'Bolder' : 'Default',
      isWaiting: step.state === 'waiting',
    };
  });
}

/** The step that is under way, failed, or comes next; numbered as the runbook is. */
export function currentStep(
  r: Reader,
  run: Run,
): { readonly n: number; readonly title: Safe; readonly step: StepStatus } | undefined {
  const steps = shownSteps(run);
  const step =
    steps.find(({ state }) => state === 'running' || state === 'failed') ??
    steps.find(({ state }) => state === 'waiting');
  return step && { n: STEP_NAMES.indexOf(step.name) + 1, title: titleOf(r, step), step };
}

const titleOf = (r: Reader, { name, isAgain }: ShownStep): Safe =>
  isAgain ? r.words.stepAgain(r.words.steps[name]) : r.words.steps[name];

// An empty text is safe anywhere.
export const NONE = '' as Safe;

function timeOf(r: Reader, step: StepStatus): Md {
  switch (step.state) {
    case 'waiting':
      return NONE;
    case 'running':
      return r.words.progress.running;
    case 'failed':
      return r.words.progress.failed;
    case 'skipped':
      return r.words.progress.skipped;
    case 'done':
      return step.startedAt && step.endedAt ? r.between(step.startedAt, step.endedAt) : NONE;
  }
}
