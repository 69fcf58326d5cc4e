import { counted } from '../counted.ts';
import { PlanDriftedError, PrerequisitesBlockedError } from '../prerequisites/errors.ts';
import { done, type Step } from '../runs/step.ts';

/** Every condition of a refresh once more, and that the approved plan is still the plan. */
export const checkPrerequisites: Step = {
  name: 'check-prerequisites',
  title: 'Check prerequisites',
  onFailure: 'nothing-happened',
  async perform({ run, checks, drift, log }) {
    const differences = await drift();
    if (differences.length > 0) throw new PlanDriftedError(run.runId, differences);
    const results = await checks('source');
    for (const check of results) log(`${check.outcome}: ${check.title} (${check.basis}) ${check.detail}`);
    const blocked = results.filter((check) => check.outcome === 'blocked');
    if (blocked.length > 0) throw new PrerequisitesBlockedError(blocked);
    const warnings = results.filter((check) => check.outcome === 'warning').length;
    // What the plan tried of customizations, findings and profile is tried on the copy, where it counts.
    const others = run.plan?.checks.filter(({ name }) => !results.some((check) => check.name === name)).length ?? 0;
    const more = others === 0 ? '' : `; the copy itself answers ${String(others)} more of the plan`;
    return done(`${counted(results.length, 'check')}, ${counted(warnings, 'warning')}${more}`);
  },
};
