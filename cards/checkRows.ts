import type { CheckResult, Plan } from '../engine/contracts.ts';
import type { Reader } from './reader.ts';
import { md, safe, type Md, type Safe } from './text.ts';

export interface CheckRow {
  readonly glyph: Safe;
  readonly title: Md;
  readonly detail: Md;
  readonly label: Safe;
  readonly color: 'Good' | 'Warning' | 'Attention';
}

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
    counts: md`✅ ${of('passed').length}   ⚠️ ${of('warning').length}   ⛔ ${of('blocked').length}`,
    open: open.map((check) => ({
      glyph: LOOKS[check.outcome].glyph,
      color: LOOKS[check.outcome].color,
      title: r.plain(check.title, 120),
      detail: md`${valuesOf(r, check)}${check.remedy === '' ? md`` : md`\n\n${r.plain(check.remedy, 300)}`}`,
      label: words.outcomes[check.outcome],
    })),
    passedLines: of('passed').map((check) => ({
      text: md`${
        check.basis === 'not-applicable'
          ? md`
➖
            `
          : md`
✅
            `
      } **${r.plain(check.title, 100)}** · ${valuesOf(r, check)}`,
    })),
  };
}

/** What was compared, and whether Rewind looked itself or believes the configuration. */
function valuesOf(r: Reader, { detail, basis }: CheckResult): Md {
  const how = r.words.plan.bases[basis];
  return detail === '' ? how : md`${r.plain(detail, 160)} · ${how}`;
}
