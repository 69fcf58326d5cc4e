import type { CheckResult, Plan } from '../../engine/contracts.ts';
import type { Reader } from '../reader.ts';
import { rich, safe, type Md } from '../text.ts';

const LOOKS = {
  passed: { glyph: safe`✅`, color: 'Good' },
  warning: { glyph: safe`⚠️`, color: 'Warning' },
  blocked: { glyph: safe`⛔`, color: 'Attention' },
} as const;

/** Characters, for one open check, when there are few of them. All of it stands in the log of the run. */
const TITLE = 120;
const DETAIL = 240;
const REMEDY = 200;
/** Characters of all open checks together, and of all checks, with what a row costs besides its text. */
const OPEN = 1900;
const ALL = 1880;
const ROW = 250;
const LEAST = 100;
/** Of a detail that is shown whole whatever else there is. */
const WHOLE = 500;
/** Open checks on a card; of more, the last row says how many there are. */
const MOST = 8;
/** Of what one open check may take, as more of them share what a card can hold. */
const SHARES = [1, 0.8, 0.65, 0.5, 0.4, 0.3, 0.2, 0.1];

/**
 * How many checks came out how, and the rows of those that did not pass, in `room` characters: blocked ones first, then warnings that
 * are shown whole. `taken`: of the room of all checks.
 */
export function checkRows(r: Reader, { checks }: Plan, room = OPEN, taken = 0) {
  const of = (outcome: CheckResult['outcome']) => checks.filter((check) => check.outcome === outcome);
  const [blocked, warnings] = [of('blocked'), of('warning')];
  const open = firstOf(blocked, warnings);
  const left = blocked.length + warnings.length - open.length;
  const rowsWith = (share: number) => open.map((check) => rowOf(r, check, share));
  const least = rowsWith(Math.min(...SHARES));
  const rows = SHARES.map(rowsWith).find((some) => charactersOf(some) <= room) ?? least;
  return {
    blocked: blocked.length,
    warnings: warnings.length,
    passed: of('passed').length,
    counts: rich`✅ ${of('passed').length}   ⚠️ ${warnings.length}   ⛔ ${blocked.length}`,
    open: left === 0 ? rows : [...rows, leftRow(r, left)],
    passedLines: passedLines(r, of('passed'), Math.max(LEAST, ALL - taken - charactersOf(rows))),
  };
}

function firstOf(blocked: readonly CheckResult[], warnings: readonly CheckResult[]): readonly CheckResult[] {
  const [whole, others] = [warnings.filter(({ isWhole }) => isWhole), warnings.filter(({ isWhole }) => !isWhole)];
  const most = blocked.length + warnings.length > MOST ? MOST - 1 : MOST;
  const first = blocked.slice(0, Math.max(1, most - whole.length));
  return [...first, ...whole, ...others.slice(0, Math.max(0, most - whole.length - first.length))];
}

function rowOf(r: Reader, check: CheckResult, share: number) {
  const remedy = check.remedy === '' ? rich`` : rich`\n\n${r.plain(r.told(check.remedy), REMEDY * share)}`;
  const most = check.isWhole ? WHOLE : DETAIL * share;
  return {
    glyph: LOOKS[check.outcome].glyph,
    color: LOOKS[check.outcome].color,
    title: r.plain(check.title, Math.max(TITLE / 2, TITLE * share)),
    /** What was found, without what to do about it. */
    found: shortened(r, check.detail, most),
    detail: rich`${valuesOf(r, check, most)}${remedy}`,
    label: r.words.plan.outcomes[check.outcome],
  };
}

/** They stand in the terminal, where there is room. */
function leftRow(r: Reader, left: number): ReturnType<typeof rowOf> {
  const { glyph, color } = LOOKS.warning;
  const { more, moreChecks, outcomes } = r.words.plan;
  return { glyph, color, title: more(left), found: moreChecks, detail: moreChecks, label: outcomes.warning };
}

const charactersOf = (rows: readonly ReturnType<typeof rowOf>[]): number =>
  rows.reduce((sum, { title, detail }) => sum + title.length + detail.length + ROW, 0);

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
  return detail === '' ? how : rich`${shortened(r, detail, maxLength)} · ${how}`;
}

/** Of a list, as many whole parts as there is room for, and how many more there are. */
function shortened(r: Reader, found: string, maxLength: number): Md {
  const detail = r.told(found);
  const parts = detail.split('; ');
  let characters = 0;
  const fitting = parts.filter((part) => (characters += part.length + 2) <= maxLength).length;
  const left = parts.length - Math.max(1, fitting);
  if (left === 0) return r.plain(detail, maxLength);
  // Cut without dots of its own: how many more there are begins with some.
  const shown = Array.from(parts.slice(0, parts.length - left).join('; ')).slice(0, maxLength);
  return rich`${r.plain(shown.join(''), maxLength)} ${r.words.plan.more(left)}`;
}
