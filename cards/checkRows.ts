import type { CheckResult, Plan } from '../engine/contracts.ts';
import type { Reader } from './reader.ts';
import { rich, safe, type Md } from './text.ts';

const LOOKS = {
  passed: { glyph: safe`✅`, color: 'Good' },
  warning: { glyph: safe`⚠️`, color: 'Warning' },
  blocked: { glyph: safe`⛔`, color: 'Attention' },
} as const;

/** Characters, for one open check; more of them share what a card can hold. All of it stands in the log of the run. */
const TITLE = 120;
const DETAIL = 240;
const REMEDY = 200;
/** Characters of all checks together, with what a row costs besides its text; passed ones that find no room are counted. */
const ALL = 2300;
const ROW = 250;
const LEAST = 100;

/** How many checks came out how, and the rows of those that did not pass, blocked ones first. */
export function checkRows(r: Reader, { checks }: Plan) {
  const { plan: words } = r.words;
  const of = (outcome: CheckResult['outcome']) => checks.filter((check) => check.outcome === outcome);
  const open = [...of('blocked'), ...of('warning')];
  const share = 1.5 / Math.max(1.5, open.length);
  const rows = open.map((check) => ({
    glyph: LOOKS[check.outcome].glyph,
    color: LOOKS[check.outcome].color,
    title: r.plain(check.title, Math.max(TITLE / 2, TITLE * share)),
    detail: rich`${valuesOf(r, check, DETAIL * share)}${check.remedy === '' ? rich`` : rich`\n\n${r.plain(check.remedy, REMEDY * share)}`}`,
    label: words.outcomes[check.outcome],
  }));
  const taken = rows.reduce((sum, { title, detail }) => sum + title.length + detail.length + ROW, 0);
  return {
    blocked: of('blocked').length,
    warnings: of('warning').length,
    passed: of('passed').length,
    counts: rich`✅ ${of('passed').length}   ⚠️ ${of('warning').length}   ⛔ ${of('blocked').length}`,
    open: rows,
    passedLines: passedLines(r, of('passed'), Math.max(LEAST, ALL - taken)),
  };
}

function passedLines(r: Reader, passed: readonly CheckResult[], most: number): readonly { readonly text: Md }[] {
  const lines = passed.map((check) => {
    const glyph = check.basis === 'not-applicable' ? safe`➖` : safe`✅`;
    return { text: rich`${glyph} **${r.plain(check.title, 64)}** · ${valuesOf(r, check, 48)}` };
  });
  let characters = 0;
  const shown = lines.filter(({ text }) => (characters += text.length) <= most);
  const left = lines.length - shown.length;
  return left > 0 ? [...shown, { text: r.words.plan.more(left) }] : shown;
}

/** What was compared, and whether Rewind looked itself or believes the configuration. */
function valuesOf(r: Reader, { detail, basis }: CheckResult, maxLength: number): Md {
  const how = r.words.plan.bases[basis];
  return detail === '' ? how : rich`${r.plain(detail, maxLength)} · ${how}`;
}
