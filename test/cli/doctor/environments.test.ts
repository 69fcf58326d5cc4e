import { expect, test } from 'vitest';
import { examineSandbox } from '../../../cli/doctor/environments.ts';
import { describeFinding } from '../../../cli/doctor/finding.ts';
import type { Measures, Provider } from '../../../engine/environments/provider.ts';
import { createModelWorld } from '../../../engine/environments/model/world.ts';
import { aSandbox } from '../../builders.ts';
import { createVirtualClock } from '../../engine/doubles/virtualClock.ts';

test('a sandbox on whose server something is odd › is told with what to do, whatever else is in order', async () => {
  const { provider } = createModelWorld({ clock: createVirtualClock() });
  const findings = [{ what: '/uat/rewind-run.json is no mark to rely on: it is empty', remedy: 'Delete the file.' }];
  const measured = (measures: Measures): Provider => ({
    ...provider,
    measure: async () => ({ ...measures, findings }),
  });
  for (const measures of [{ identity: 'a', sizeBytes: 1, freeBytes: 2 }, { identity: 'a' }, {}]) {
    const told = (await examineSandbox(aSandbox(), () => measured(measures))).map(describeFinding);
    expect(told).toHaveLength(2);
    expect(told[1]).toMatch(/^\? .*rewind-run.json is no mark to rely on: it is empty\n.*Delete the file\.$/);
  }
});
