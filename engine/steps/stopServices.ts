import { done, type Step } from '../runs/step.ts';

/** The point of no return for “stop”: from here a run is finished or rolled back. */
export const stopServices: Step = {
  name: 'stop-services',
  title: 'Stop services',
  onFailure: 'reopen-services',
  async perform({ command, provider, source, target, run, checkReport, log }) {
    // Nobody goes offline for a switch that would be refused.
    await checkReport();
    const { finish, undo } = await provider.handbook(target, run.runId, source);
    log('To finish the switch by hand, should Rewind not be able to:');
    for (const line of finish) log(`    ${line}`);
    log('To undo it by hand:');
    for (const line of undo) log(`    ${line}`);
    const outcome = await command('stopServices', 'target');
    return done(outcome ? 'Stopped' : 'No command configured');
  },
};
