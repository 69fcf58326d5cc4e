import { PlanDriftedError, PrerequisitesBlockedError } from '../prerequisites/errors.ts';
import { applyTargetSettings as apply } from '../sanitization/target/applyTargetSettings.ts';
import { speaksOf } from '../sanitization/pack/rulePack.ts';
import { dropLedger } from '../sanitization/passes/dropLedger.ts';
import { verifySanitization } from '../sanitization/verify.ts';
import { done, type Step } from '../runs/step.ts';
import { SanitizationUnprovedError } from '../sanitization/errors.ts';

/** The last look before the switch: what the target keeps is read from it *now*, then everything is proved once more. */
export const applyTargetSettings: Step = {
  name: 'apply-target-settings',
  title: 'Carry over the sandbox’s settings',
  onFailure: 'keep-copy',
  async perform({ run, plan, provider, session, read, packs, target, checks, signal, log }) {
    // Days may lie between the approval and here: another refresh, or a restore by hand.
    const { identity } = await provider.measure(target);
    if (identity !== undefined && identity !== plan.binding.targetIdentity)
      throw new PlanDriftedError(run.runId, ['the databases of the target']);
    await using living = await read('target', 'application');
    await using copy = await session('incoming', 'application');
    // Nothing of the Financial Reporting database is kept from the target.
    const isOther = speaksOf(packs, 'financialReporting');
    await using other = isOther ? await session('incoming', 'financialReporting') : undefined;
    if (other !== undefined) await dropLedger(other);
    const kept = await apply({ target: living, copy, packs, sandbox: target, signal, log });
    // On a session of its own, as every proof.
    await using proved = await read('incoming', 'application');
    await using otherProved = isOther ? await read('incoming', 'financialReporting') : undefined;
    const verdicts = await verifySanitization({
      ...{ session: proved, financialReporting: otherProved, packs, sandbox: target, kept },
    });
    const open = verdicts.filter((one) => !one.passed);
    if (open.length > 0) throw new SanitizationUnprovedError(open);
    const blocked = (await checks('copy')).filter((check) => check.outcome === 'blocked');
    if (blocked.length > 0) throw new PrerequisitesBlockedError(blocked);
    const rows = kept.reduce((sum, one) => sum + one.rows, 0);
    return done(`${rows.toLocaleString('en')} rows of ${String(kept.length)} rules kept from the sandbox`);
  },
};
