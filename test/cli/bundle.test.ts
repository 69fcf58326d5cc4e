import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { bundleOf } from '../../cli/audit/bundle.ts';
import { aHouse } from '../engine/house.ts';
import { JONAS } from '../builders.ts';

test('the decisions of a bundle › are all that people have decided, a stop and a click on Switch now among them', async () => {
  const house = aHouse({ sandbox: { policy: { cutover: { kind: 'on-click' } } } });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  await house.desk.switchNow(JONAS, runId);
  await house.desk.stop(JONAS, runId);
  const run = await house.run(runId);
  const { target, state, version, expiresAt } = run;
  const row = { number: 1, target, state, version, expiresAt };
  const material = { run, row, records: await house.journal.records(runId), log: [] };
  const files = unzipSync(bundleOf(material, { findings: [], notes: [], head: '' }, []));
  const decisions = JSON.parse(strFromU8(files['decisions.json'] ?? new Uint8Array())) as { readonly event: string }[];
  expect(decisions.map(({ event }) => event)).toEqual(['choose-moment', 'confirm', 'approve', 'switch-now', 'stop']);
});
