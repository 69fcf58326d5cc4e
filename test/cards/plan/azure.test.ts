import { expect, test } from 'vitest';
import type { CheckResult, Plan } from '../../../engine/contracts.ts';
import { approvalCard } from '../../../cards/plan/approvalCard.ts';
import { planCard, viewPlanCard } from '../../../cards/plan/planCard.ts';
import { surroundingChecks } from '../../../engine/environments/azureSql/plan/checks.ts';
import { sourceSettings } from '../../../engine/environments/azureSql/settings.ts';
import { createRandom, type Random } from '../../engine/simulation/random.ts';
import { planOfAzure } from '../azurePlan.ts';
import { aRun, checks, contextOf } from '../samples.ts';
import { textOf } from '../walk.ts';

const truthsOf = ({ checks: all }: Plan) => all.filter(({ name }) => name.startsWith('unsanitized-'));
const cardsOf = (plan: Plan) => {
  const waiting = aRun({ state: 'awaiting-approval', plan });
  return [
    planCard(contextOf(aRun({ plan })), plan),
    viewPlanCard(contextOf(waiting), plan),
    approvalCard(contextOf(waiting), plan),
  ];
};
const shown = (card: ReturnType<typeof planCard>) => textOf(card).replaceAll('\\', '');

test('a plan of Azure SQL › says in whole sentences where unsanitized data lies, also among other warnings', () => {
  const others = checks.filter(({ outcome }) => outcome === 'warning');
  const plan = { ...planOfAzure, checks: [...planOfAzure.checks, ...others] };
  expect(truthsOf(plan).map(({ name }) => name)).toEqual(['unsanitized-on-production', 'unsanitized-on-target']);
  for (const card of cardsOf(plan)) for (const { detail } of truthsOf(plan)) expect(shown(card)).toContain(detail);
});

/** As long as a name of a server may be, and as wordy as the settings can make it. */
function azureChecks(random: Random): readonly CheckResult[] {
  const server = () => `c${'o'.repeat(random.below(62))}x`;
  const place = { subscription: '00000000-0000-0000-0000-000000000000', resourceGroup: 'rg' };
  const ends = { sourceServer: { ...place, server: server() }, targetServer: { ...place, server: server() } };
  const closer = random.chance(0.5) ? { closer: 'mssql://x.database.windows.net?authentication=entra' } : {};
  const closeIntermediate = random.pick(['never', 'when-allowed', 'required']);
  const settings = sourceSettings.parse({ ...place, server: 'x', ...closer, closeIntermediate });
  return surroundingChecks({ source: { settings }, ...ends }, { sources: [], targets: [] });
}

const aWarning = (random: Random, index: number): CheckResult => ({
  ...{ name: `warning-${String(index)}`, title: `Other ${String(10 + index)} ${'t'.repeat(random.below(90))}` },
  ...{ outcome: random.chance(0.1) ? 'blocked' : 'warning', basis: 'measured' },
  detail: Array.from({ length: random.below(9) }, () => 'found '.repeat(random.below(20))).join('; '),
  remedy: 'do '.repeat(random.below(90)),
});

test('a plan of Azure SQL › never cuts where unsanitized data lies and says it before every other warning, however many there are', () => {
  for (let seed = 0; seed < 12; seed += 1) {
    const random = createRandom(seed);
    const others = Array.from({ length: random.below(17) }, (_, index) => aWarning(random, index));
    const passed = planOfAzure.checks.filter(({ outcome }) => outcome === 'passed');
    const plan = { ...planOfAzure, checks: [...passed, ...others, ...azureChecks(random)] };
    const warnings = others.filter(({ outcome }) => outcome === 'warning');
    for (const card of cardsOf(plan)) {
      const text = shown(card);
      const at = truthsOf(plan).map(({ detail }) => text.indexOf(detail));
      expect(
        at.every((place) => place >= 0),
        `seed ${String(seed)}`,
      ).toBe(true);
      const places = warnings.map(({ title }) => text.indexOf(title.slice(0, 9))).filter((place) => place >= 0);
      expect(Math.max(...at), `seed ${String(seed)}`).toBeLessThan(Math.min(Infinity, ...places));
      expect(Buffer.byteLength(JSON.stringify(card), 'utf16le')).toBeLessThanOrEqual(24 * 1024);
    }
  }
});
