import { STEP_NAMES, type Instant, type Person, type Run, type StepName } from '../contracts.ts';
import type { RunEvent } from './events.ts';
import { withStep } from './runSteps.ts';

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
      ...{ state: 'done', endedAt: now },
      detail: `All rules proved; ${what} accepted until ${until}`,
    }),
  };
}

/** What is proved anew is accepted anew. Behind the switch the exceptions tell of what was switched, and stay. */
export function withoutExceptions({ swappedAt }: Run, name: StepName): Partial<Run> {
  const isProvedAnew = STEP_NAMES.indexOf(name) <= STEP_NAMES.indexOf('verify-sanitization');
  return isProvedAnew && swappedAt === undefined ? { exceptions: undefined, askedException: undefined } : {};
}
