import { done, type Step } from '../runs/step.ts';

/** Logins first, because the services need them; then the services, and their health checks. */
export const bringOnline: Step = {
  name: 'bring-online',
  title: 'Bring the sandbox online',
  onFailure: 'offer-rollback',
  async perform({ act, command, run, now }) {
    await act('open');
    await command('startServices', 'target');
    const health = await command('checkHealth', 'target', { untilItSucceeds: true });
    const stoppedAt = run.steps.find((step) => step.name === 'stop-services')?.startedAt ?? now();
    const unavailableSeconds = (Date.parse(now()) - Date.parse(stoppedAt)) / 1000;
    return done(health ? 'Online and healthy' : 'Online', { unavailableSeconds });
  },
};
