import type { CheckResult, Plan } from '../engine/contracts.ts';
import type { Reader } from './reader.ts';
import { rich, safe, type Md } from './text.ts';

const LOOKS = {
  passed: { glyph: safe`✅`, color: 'Good' },
  warning: { glyph: safe`⚠️`, color: 'Warning' },
  blocked: { glyph: safe`⛔`, color: 'Attention' },
} as const;

/** How many checks came out how, and the rows of those that did not pass, blocked ones first. */
export function checkRows(r: Reader, { checks }: Plan) {
  const { plan: words } = r.words;
  const of = (outcome: CheckResult['outcome']) => checks.filter((check) => check.outcome === outcome);
  const open = [...of('blocked'), ...of('warning')];
  return {
    blocked: of('blocked').length,
    warnings: of('warning').length,
    passed: of('passed').length,
    counts: rich`✅ ${of('passed').length}   ⚠️ ${of('warning').length}   ⛔ ${of('blocked').length}`,
    open: open.map((check) => ({
      glyph: LOOKS[check.outcome].glyph,
      color: LOOKS[check.outcome].color,
      title: r.plain(check.title, 120),
      detail: rich`${valuesOf(r, check)}${check.remedy === '' ? rich`` : rich`\n\n${r.plain(check.remedy, 200)}`}`,
      label: words.outcomes[check.outcome],
    })),
    passedLines: of('passed').map((check) => {
      const glyph = check.basis === 'not-applicable' ? safe`➖` : safe`✅`;
      return { text: rich`${glyph} **${r.plain(check.title, 64)}** · ${valuesOf(r, check, 48)}` };
    }),
  };
}

/** What was compared, and whether Rewind looked itself or believes the configuration. */
function valuesOf(r: Reader, { detail, basis }: CheckResult, maxLength = 240): Md {
  const how = r.words.plan.bases[basis];
  return detail === '' ? how : rich`${r.plain(detail, maxLength)} · ${how}`;
}
