import { expect, test } from 'vitest';
import { aDraft } from '../engine/journal/builders.ts';
import { fakeEngine } from './fakeEngine.ts';
import { aHouse } from './house.ts';

const house = aHouse();

test('a reconciler › drops lists of profiles whose time is over, though nothing else is due on any target', async () => {
  const journal = house.journal();
  const { runId } = await journal.draft(aDraft({ target: 'elsewhere' }));
  await journal.record(runId, { kind: 'keep' }, { actor: aDraft().requestedBy });
  const keep = (kind: 'planned' | 'operators', until: string) =>
    journal.keepProfileList(runId, { kind, text: 'JONAS', until });
  await keep('planned', '2001-01-01T00:00:00.000Z');
  await keep('operators', '2999-01-01T00:00:00.000Z');
  const engine = fakeEngine(journal);
  await house.reconciler(engine).reconcile();
  expect(engine.kept).toEqual([]);
  expect(await journal.profileList(runId, 'planned')).toBeUndefined();
  expect(await journal.profileList(runId, 'operators')).toBe('JONAS');
});
