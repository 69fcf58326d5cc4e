import { reportError } from '../errors.ts';
import { later } from '../journal/desk.ts';
import { done, type Step } from '../runs/step.ts';

/** Switches all databases or none. The target is closed afterwards, until `bring-online`. */
export const swap: Step = {
  name: 'swap',
  title: 'Switch the databases',
  onFailure: 'look',
  async perform({ plan, act, record, observe, checkReport, now, target, log }) {
    await checkReport().catch(async (error: unknown) => {
      // A switch that has begun is finished: half of it would help nobody.
      if ((await observe()).target === 'old') throw error;
      log(`Finishing the switch that has begun, although ${reportError(error).message}`);
    });
    const startedAt = Date.parse(now());
    await record({ kind: 'closed' });
    await act('swap');
    const switchSeconds = (Date.parse(now()) - startedAt) / 1000;
    // An earlier way back leads through this run's, which therefore lasts as long as the earlier one was promised.
    const promised = (plan.binding.earlier ?? []).map(({ until }) => until);
    const [previousKeptUntil = now()] = [later(now(), target.policy.keepPreviousMs), ...promised]
      .toSorted()
      .toReversed();
    await record({ kind: 'swapped', previousKeptUntil });
    log(`Switched in ${switchSeconds.toFixed(2)} s; the previous databases are kept for a rollback`);
    return done(`Switched in ${switchSeconds.toFixed(2)} s`, { switchSeconds });
  },
};
