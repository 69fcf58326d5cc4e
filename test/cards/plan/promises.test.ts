import { expect, test } from 'vitest';
import { planCard, viewPlanCard } from '../../../cards/plan/planCard.ts';
import { describePlan } from '../../../cli/describePlan.ts';
import type { Card } from '../../../cards/index.ts';
import type { Guarantees } from '../../../engine/contracts.ts';
import { aRun, contextOf, plan } from '../samples.ts';
import { textOf } from '../walk.ts';

const usual: Guarantees = {
  place: 'beside',
  swap: 'repairable',
  fence: 'per-statement',
  canStopRestore: true,
  progress: 'percent',
};

/** What people read about a plan: when they confirm it, later, and in a terminal. */
function readersOf(guarantees: Guarantees | undefined) {
  const { guarantees: _, ...older } = plan;
  const made = { ...older, ...(guarantees ? { guarantees } : {}) };
  const context = contextOf(aRun(), {});
  const text = (card: Card) => textOf(card).replaceAll('\\', '');
  return {
    card: text(planCard(context, made)),
    view: text(viewPlanCard(context, made)),
    terminal: describePlan(aRun(), made),
  };
}

const promises: readonly (readonly [Partial<Guarantees>, card: string, terminal: string])[] = [
  [{ swap: 'repairable' }, 'is finished or undone before', 'is finished or undone before'],
  [{ swap: 'atomic' }, 'The switch is one act', 'the switch is one act'],
  [{ fence: 'per-statement' }, 'takes no further statement', 'takes no further statement'],
  [{ fence: 'per-operation' }, 'had begun is ended before', 'had begun is ended before'],
  [{ canStopRestore: false }, 'The restore cannot be stopped', 'restore           cannot be stopped'],
  [{ progress: 'phases' }, 'reports phases, no percentage', 'reports phases'],
];

test.for(promises)('a platform with %o › is described so on the plan, and no other is', ([promise, card, terminal]) => {
  const told = readersOf({ ...usual, ...promise });
  expect(told).toEqual({
    card: expect.stringContaining(card) as string,
    view: expect.stringContaining(card) as string,
    terminal: expect.stringContaining(terminal) as string,
  });
  const [name] = Object.keys(promise);
  const others = promises.filter(([other]) => name !== undefined && name in other && other !== promise);
  for (const [, otherCard, otherTerminal] of others) {
    expect(told.card).not.toContain(otherCard);
    expect(told.terminal).not.toContain(otherTerminal);
  }
});

test('a restore that can be stopped and reports percentages › is what nobody has to be told on a card', () => {
  const { card, terminal } = readersOf(usual);
  expect(card).not.toMatch(/cannot be stopped|phases/);
  expect(terminal).toContain('can be stopped, reports percent');
});

test('a plan of a version that did not say › promises nothing', () => {
  const { card, terminal } = readersOf(undefined);
  expect(`${card} ${terminal}`).not.toMatch(/interrupted|further statement|one act|reports/);
});
