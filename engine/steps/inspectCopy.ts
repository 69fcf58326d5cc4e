import { counted } from '../counted.ts';
import { PrerequisitesBlockedError } from '../prerequisites/errors.ts';
import { done, type Step } from '../runs/step.ts';

/** Production *then* may differ from production now: the version checks are repeated on the copy itself. */
export const inspectCopy: Step = {
  name: 'inspect-copy',
  title: 'Check the copy',
  onFailure: 'drop-copy',
  async perform({ checks, target, checkIntegrity, log }) {
    const results = await checks('copy');
    for (const check of results) log(`${check.outcome}: ${check.title} (${check.basis}) ${check.detail}`);
    const blocked = results.filter((check) => check.outcome === 'blocked');
    if (blocked.length > 0) throw new PrerequisitesBlockedError(blocked);
    const depth = target.policy.integrityCheck;
    if (depth === 'none') return done(`${counted(results.length, 'check')}; no integrity check by policy`);
    const integrity = await checkIntegrity(depth);
    log(integrity);
    return done(`${counted(results.length, 'check')}; ${integrity}`);
  },
};
