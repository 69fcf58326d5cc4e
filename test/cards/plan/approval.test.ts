import { expect, test } from 'vitest';
import { runCard } from '../../../cards/index.ts';
import { aRun, contextOf } from '../samples.ts';
import { textOf } from '../walk.ts';

test('the approval card › says who is no second person, as the journal refuses them', () => {
  const run = aRun({ state: 'awaiting-approval', expiresAt: '2026-11-22T21:16:00.000Z' });
  for (const approvers of [[], [{ id: '29:aiko', name: 'Aiko Tanaka' }]]) {
    const text = textOf(runCard(contextOf(run, { kind: 'approval', approvers })));
    expect(text).toContain('Whoever had a hand in it cannot approve it.');
    expect(text).not.toMatch(/own request/i);
  }
});
