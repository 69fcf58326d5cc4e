import { done, type Step } from '../runs/step.ts';

export const restoreBeside: Step = {
  name: 'restore-beside',
  title: 'Restore beside the sandbox',
  onFailure: 'drop-copy',
  async perform({ plan, act, retirePrevious, dropCopyOf, log }) {
    for (const line of plan.chain) log(`Reads ${line}`);
    for (const runId of plan.binding.dropsCopiesOf ?? []) await dropCopyOf(runId);
    for (const runId of plan.binding.retires ?? []) await retirePrevious(runId);
    await act('restore');
    return done('Both databases restored, closed to people');
  },
};
