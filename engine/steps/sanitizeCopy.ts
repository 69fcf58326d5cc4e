import { counted } from '../counted.ts';
import { collectOnce } from '../proofs/collect/collectOnce.ts';
import { sanitize } from '../sanitization/sanitize.ts';
import { approvedRows, idsThatMayReturn, noteBeforeRules } from '../sanitization/profile/underRun.ts';
import { closesOutside, dropOutside } from '../sanitization/outside/outside.ts';
import { speaksOf } from '../sanitization/pack/rulePack.ts';
import type { Session } from '../environments/provider.ts';
import { done, type Step, type StepContext } from '../runs/step.ts';

/** Both databases: what leads out of either led to where it leads in production. */
async function closeBoth(context: StepContext, application: Session): Promise<void> {
  const { session, target, run, record, log } = context;
  await using financialReporting = await session('incoming', 'financialReporting');
  for (const [role, open] of [
    ['application', application],
    ['financialReporting', financialReporting],
  ] as const) {
    await dropOutside(open, target, log);
    // Nothing is left to repoint.
    const key = `leads-outside-${role}`;
    if ((run.remembered[key] ?? '') !== '') await record({ kind: 'remember', key, value: '' });
  }
}

export const sanitizeCopy: Step = {
  name: 'sanitize',
  title: 'Sanitize the copy',
  onFailure: 'keep-copy',
  async perform(context) {
    const { session, read, packs, maskKey, source, target, signal, now, progress, log } = context;
    const open = () => session('incoming', 'application');
    const openOther = () => session('incoming', 'financialReporting');
    await using application = await open();
    await using other = speaksOf(packs, 'financialReporting') ? await openOther() : undefined;
    const results = await sanitize({
      ...{ session: application, open, packs, maskKey, sandbox: target, signal, now, progress, log },
      financialReporting: other && { session: other, open: openOther },
      async beforeFirstRule(fitted) {
        await using financialReporting = await openOther();
        // What the sandbox keeps of its own is not sought: without it, its own printers would be found and refused.
        await using living = await read('target', 'application');
        const copy = { application, financialReporting };
        await noteBeforeRules(context, application);
        const returning = await idsThatMayReturn(context);
        const planned = await approvedRows(context);
        await collectOnce({ copy, living, source, target, now, signal, progress, log, returning, planned }, fitted);
      },
    });
    if (closesOutside(packs)) await closeBoth(context, application);
    const rows = results.reduce((sum, result) => sum + result.rows, 0);
    const about = results.some(({ isEstimate }) => isEstimate) ? 'about ' : '';
    const changing = results.filter((result) => result.rows > 0);
    const before = changing.filter(({ by }) => by !== undefined);
    const isAll = before.every(({ by }) => by === 'earlier') && before.length === changing.length;
    const who = before.length === 0 ? '' : `, ${isAll ? 'all' : 'some'} of them by an earlier attempt`;
    // Not those whose table or column is nowhere.
    const rules = new Set(results.filter(({ skipped }) => skipped === undefined).map(({ ruleId }) => ruleId));
    const detail = `${counted(rules.size, 'rule')}, ${about}${counted(rows, 'row')} changed${who}`;
    return { ...done(detail), rules: results };
  },
};
