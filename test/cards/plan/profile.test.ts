import { expect, test } from 'vitest';
import { PROFILE_PARTS, type Run } from '../../../engine/contracts.ts';
import { planCard } from '../../../cards/plan/planCard.ts';
import { successCard } from '../../../cards/run/successCard.ts';
import { aRun, contextOf, plan } from '../samples.ts';
import { textOf } from '../walk.ts';

const said = (text: string) => text.replaceAll('\\', '').replaceAll(/[\u2066-\u2069]/g, '');
const everything = PROFILE_PARTS.map((part) => ({ part, done: 2, left: 1 }));

test('the plan › has a line for each part of the profile, and none without one', () => {
  const linesOf = (profile: typeof plan.profile) => {
    const made = { ...plan, profile };
    return said(textOf(planCard(contextOf(aRun({ plan: made }), {}), made)));
  };
  const shown = linesOf(everything);
  for (const line of [
    '• up to 2 users in again, if they are so in production; 1 not enabled here',
    '• up to 2 roles of its own; production’s go; 1 never, as it administers',
    '• up to 2 batch jobs; 1 never, as it sends',
    '• 2 applications of its own; production’s go; 1 not brought back',
    '• 2 rows of settings, by key',
    '• number sequences of the source',
  ])
    expect(shown).toContain(line);
  expect(linesOf(undefined)).not.toContain('Comes up with');
});

test('the success card › says what of the profile was done, and what was not, in numbers alone', () => {
  const shownFor = (profile: Run['profile']) =>
    said(textOf(successCard(contextOf(aRun({ state: 'completed', profile }), {}))));
  const shown = shownFor(everything);
  expect(shown).toContain(
    '2 users enabled; 1 stays disabled · 2 roles of its own; 1 withheld · 2 batch jobs released; 1 stays withheld',
  );
  expect(shownFor(undefined)).not.toContain('enabled');
});
