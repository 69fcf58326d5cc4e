import { done, type Step } from '../runs/step.ts';

/** Where the command can work on the copy, a customization that does not fit the data is found before anybody is offline. */
export const synchronizeBeside: Step = {
  name: 'synchronize-beside',
  title: 'Synchronize the copy',
  onFailure: 'keep-copy',
  skip: ({ target }) =>
    target.policy.synchronize === 'beside' || target.policy.synchronize === 'beside-and-after-switch'
      ? undefined
      : 'Not beside, by policy',
  async perform({ command }) {
    const outcome = await command('synchronize', 'incoming');
    return done(outcome ? 'Tables match the sandbox’s code' : 'No command configured');
  },
};
