import { expect, test } from 'vitest';
import { planCard } from '../../../cards/plan/planCard.ts';
import { successCard } from '../../../cards/run/successCard.ts';
import { DEFAULT_PACKS, type Plan } from '../../../engine/contracts.ts';
import { aRun, contextOf, plan } from '../samples.ts';
import { textOf } from '../walk.ts';

type Packs = Pick<Plan, 'packs' | 'withoutPacks'>;

const said = (text: string) => text.replaceAll('\\', '').replaceAll(/[\u2066-\u2069]/g, '');
const CARDS: readonly (readonly [name: string, text: (packs: Packs) => string])[] = [
  ['the plan', (packs) => said(textOf(planCard(contextOf(aRun(), {}), { ...plan, ...packs })))],
  [
    'the success card',
    (packs) => said(textOf(successCard(contextOf(aRun({ state: 'completed', plan: { ...plan, ...packs } }), {})))),
  ],
];

test.each(CARDS)('%s › says which packs run, and that no pack knows customizations', (_, text) => {
  const shown = text({ packs: DEFAULT_PACKS, withoutPacks: [] });

  expect(shown).toContain('lcs-2026, quiet, personal-data');
  expect(shown).toContain('Columns of customizations that no pack names are as in production.');
  expect(shown).not.toContain('Left out');
  expect(shown).not.toContain('Names, addresses, numbers and notes of people');
});

test.each(CARDS)(
  '%s › says what is left out, why, who answers for it and until when, and what that leaves',
  (_, text) => {
    const left = { pack: 'personal-data', reason: 'a load test', owner: 'Mira Okafor', until: '2026-12-31' };
    const shown = text({ packs: ['lcs-2026', 'quiet'], withoutPacks: [left] });

    expect(shown).toContain('**personal-data** until 2026-12-31: a load test (Mira Okafor)');
    expect(shown).toContain('Names, addresses, numbers and notes of people are as in production.');
    expect(shown).not.toContain('Mail that waits');
  },
);

test.each(CARDS)('%s › of a file that names its packs and says no reason says so', (_, text) => {
  const shown = text({ packs: ['lcs-2020'], withoutPacks: DEFAULT_PACKS.map((pack) => ({ pack })) });

  expect(shown).toContain('**quiet**: environments.yaml does not say why');
  expect(shown).toContain('What Microsoft’s refresh clears today is not all cleared.');
  expect(shown).toContain('Mail that waits, endpoints and keys are as in production.');
});

test.each(CARDS)('%s › of a run that was planned by an older version claims nothing about packs', (_, text) => {
  expect(text({})).not.toMatch(/Rule packs|Not covered/);
});
