import { sanitize } from '../sanitization/sanitize.ts';
import { speaksOf } from '../sanitization/pack/rulePack.ts';
import { done, type Step } from '../runs/step.ts';

export const sanitizeCopy: Step = {
  name: 'sanitize',
  title: 'Sanitize the copy',
  onFailure: 'keep-copy',
  async perform({ session, packs, maskKey, target, signal, now, progress, log }) {
    const open = () => session('incoming', 'application');
    const openOther = () => session('incoming', 'financialReporting');
    await using application = await open();
    await using other = speaksOf(packs, 'financialReporting') ? await openOther() : undefined;
    const results = await sanitize({
      ...{ session: application, open, packs, maskKey, sandbox: target, signal, now, progress, log },
      financialReporting: other && { session: other, open: openOther },
    });
    const rows = results.reduce((sum, result) => sum + result.rows, 0);
    const about = results.some(({ isEstimate }) => isEstimate) ? 'about ' : '';
    const changing = results.filter((result) => result.rows > 0);
    const before = changing.filter(({ by }) => by !== undefined);
    const isAll = before.every(({ by }) => by === 'earlier') && before.length === changing.length;
    const who = before.length === 0 ? '' : `, ${isAll ? 'all' : 'some'} of them by an earlier attempt`;
    return done(`${String(results.length)} rules, ${about}${rows.toLocaleString('en')} rows changed${who}`);
  },
};
