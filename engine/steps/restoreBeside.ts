import { done, type Step } from '../step.ts';

export const restoreBeside: Step = {
  name: 'restore-beside',
  title: 'Restore beside the target',
  onFailure: 'drop-copy',
  async perform({ plan, run, act, log }) {
    for (const line of plan.chain) log(`Reads ${line}`);
    await act('restore');
    return done(`Both databases as of ${run.at ?? ''}, closed to all but the service`);
  },
};
