import { sanitize } from '../sanitization/sanitize.ts';
import { done, type Step } from '../runs/step.ts';

export const sanitizeCopy: Step = {
  name: 'sanitize',
  title: 'Sanitize the copy',
  onFailure: 'keep-copy',
  async perform({ session, packs, target, signal, progress, log }) {
    await using application = await session('incoming', 'application');
    const results = await sanitize({ session: application, packs, sandbox: target, signal, progress, log });
    const rows = results.reduce((sum, result) => sum + result.rows, 0);
    return done(`${String(results.length)} rules, ${rows.toLocaleString('en')} rows changed`);
  },
};
