import { later } from '../journal/desk.ts';
import { done, type Step } from '../runs/step.ts';

/** Switches all databases or none. The target is closed afterwards, until `bring-online`. */
export const swap: Step = {
  name: 'swap',
  title: 'Switch the databases',
  onFailure: 'look',
  async perform({ act, record, now, target, log }) {
    const startedAt = Date.parse(now());
    await record({ kind: 'closed' });
    await act('swap');
    const switchSeconds = (Date.parse(now()) - startedAt) / 1000;
    await record({ kind: 'swapped', previousKeptUntil: later(now(), target.policy.keepPreviousMs) });
    log(`Switched in ${switchSeconds.toFixed(2)} s; the previous databases are kept for a rollback`);
    return done(`Switched in ${switchSeconds.toFixed(2)} s`, { switchSeconds });
  },
};
