import { done, type Step } from '../runs/step.ts';

export const synchronizeDatabase: Step = {
  name: 'synchronize-database',
  title: 'Synchronize the database',
  onFailure: 'offer-rollback',
  skip: ({ target }) =>
    target.policy.synchronize === 'after-switch' || target.policy.synchronize === 'beside-and-after-switch'
      ? undefined
      : 'Not after the switch, by policy',
  async perform({ command }) {
    const outcome = await command('synchronize', 'target');
    return done(outcome ? 'Tables match the sandbox’s code' : 'No command configured');
  },
};
