import { STEP_NAMES, type Instant, type Person, type Run, type StepName, type StepStatus } from '../../contracts.ts';
import type { RunEvent } from '../events.ts';

export function withStep(run: Run, name: StepName, change: Partial<StepStatus>): readonly StepStatus[] {
  return run.steps.map((step) => (step.name === name ? { ...step, ...change } : step));
}

/** A step that is taken up again keeps the time of its first start. */
export function startStep(run: Run, name: StepName, now: Instant): readonly StepStatus[] {
  const begun = run.steps.find((step) => step.name === name);
  const startedAt = begun?.state === 'running' ? begun.startedAt : now;
  return withStep(run, name, { state: 'running', startedAt, endedAt: undefined, detail: '' });
}

/** What a failed attempt did of these says nothing hours later: people are warned, settings read and services stopped anew. */
const TIED_TO_THE_SWITCH: ReadonlySet<StepName> = new Set([
  'await-cutover',
  'apply-target-settings',
  'stop-services',
  'swap',
]);

/** Behind the switch, whatever was mended there is proved before people are let in. */
const PROVED_AGAIN: ReadonlySet<StepName> = new Set(['verify-sanitization']);

/** From the failed step on; before the switch in any case from the wait for it, behind it with the proof once more. */
export function stepsOfRetry(run: Run): readonly StepStatus[] {
  const isSwitched = run.targetState !== 'old';
  const isStale = run.failure?.code === 'exception-stale';
  const anew = isSwitched
    ? PROVED_AGAIN
    : isStale
      ? new Set([...TIED_TO_THE_SWITCH, ...PROVED_AGAIN])
      : TIED_TO_THE_SWITCH;
  return run.steps.map((step) => {
    if (step.state !== 'failed' && !anew.has(step.name)) return step;
    const { name, state, startedAt, endedAt, detail } = step;
    const isFirst = isSwitched && state === 'done' && PROVED_AGAIN.has(name);
    const beforeSwitch = step.beforeSwitch ?? (isFirst ? { startedAt, endedAt, detail } : undefined);
    return { name, state: 'waiting', detail: '', ...(beforeSwitch ? { beforeSwitch } : {}) };
  });
}

/** Frozen in the last moment: people are warned, and settings read, anew once the freeze is over. */
export function stepsOfFrozen(run: Run): readonly StepStatus[] {
  return run.steps.map((step) =>
    step.state === 'done' && TIED_TO_THE_SWITCH.has(step.name)
      ? { name: step.name, state: 'waiting', detail: '' }
      : step,
  );
}

/**
 * What a step does to the copy makes its own earlier proofs, and those of the steps behind it, say nothing any more. Behind the switch
 * they tell of what was switched, and stay.
 */
export function proofsBefore({ proofs, swappedAt }: Run, name: StepName): Pick<Run, 'proofs'> {
  if (proofs === undefined || swappedAt !== undefined) return {};
  return { proofs: proofs.filter(({ step }) => STEP_NAMES.indexOf(step) < STEP_NAMES.indexOf(name)) };
}

/** The proofs are over with that: they are of this very copy, which nobody has opened since. */
export function acceptFindings(
  run: Run,
  { reason, until }: Extract<RunEvent, { readonly kind: 'accept-findings' }>,
  { actor, now }: { readonly actor: Person; readonly now: Instant },
): Partial<Run> {
  const { askedException, plan, runId } = run;
  const findings = askedException?.findings ?? [];
  const what = findings.length === 1 ? '1 finding' : `${String(findings.length)} findings`;
  const packsHash = plan?.binding.packsHash ?? '';
  return {
    askedException: undefined,
    exceptions: [{ findings, reason, until, by: actor, at: now, runId, packsHash }],
    steps: withStep(run, 'verify-sanitization', {
      // What people took to decide is no work.
      ...{ state: 'done', endedAt: askedException?.at ?? now },
      detail: `All rules proved; ${what} accepted until ${until}`,
    }),
  };
}

/** What is proved anew is accepted anew. Behind the switch the exceptions tell of what was switched, and stay. */
export function withoutExceptions({ swappedAt }: Run, name: StepName): Partial<Run> {
  const isProvedAnew = STEP_NAMES.indexOf(name) <= STEP_NAMES.indexOf('verify-sanitization');
  return isProvedAnew && swappedAt === undefined ? { exceptions: undefined, askedException: undefined } : {};
}
