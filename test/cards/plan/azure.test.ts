import { expect, test } from 'vitest';
import { approvalCard } from '../../../cards/plan/approvalCard.ts';
import { planCard } from '../../../cards/plan/planCard.ts';
import { planOfAzure } from '../azurePlan.ts';
import { aRun, checks, contextOf } from '../samples.ts';
import { textOf } from '../walk.ts';

test('a plan of Azure SQL › says in whole sentences where unsanitized data lies, also among other warnings', () => {
  const truths = planOfAzure.checks.filter(({ name }) => name.startsWith('unsanitized-'));
  expect(truths.map(({ name }) => name)).toEqual(['unsanitized-on-production', 'unsanitized-on-target']);
  const others = checks.filter(({ outcome }) => outcome === 'warning');
  const plan = { ...planOfAzure, checks: [...planOfAzure.checks, ...others] };
  const waiting = aRun({ state: 'awaiting-approval', plan });
  const cards = [planCard(contextOf(aRun({ plan })), plan), approvalCard(contextOf(waiting), plan)].map((card) =>
    textOf(card).replaceAll('\\', ''),
  );
  for (const text of cards) for (const { detail } of truths) expect(text).toContain(detail);
});
