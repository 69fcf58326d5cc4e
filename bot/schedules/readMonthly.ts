import { MOST_NTH, type MonthDay } from '../../engine/contracts.ts';
import { WEEKDAYS } from '../moments/phrases/vocabulary.ts';

const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...of(1, 'first', 'ersten', 'erster', 'erste'),
  ...of(2, 'second', 'zweiten', 'zweiter', 'zweite'),
  ...of(3, 'third', 'dritten', 'dritter', 'dritte'),
  ...of(4, 'fourth', 'vierten', 'vierter', 'vierte'),
  ...of(-1, 'last', 'letzten', 'letzter', 'letzte'),
]);
const KINDS: ReadonlyMap<string, MonthDay> = new Map<string, MonthDay>([
  ...of('day' as const, 'day', 'tag'),
  ...of('workday' as const, 'workday', 'weekday', 'werktag', 'arbeitstag'),
  ...WEEKDAYS,
]);
const MONTHLY = /^(?:every month|each month|monthly|jeden monat|monatlich) /;
const EVERY = /^(?:every|each|jeden|jede|jedes) /;
const OF_THE_MONTH = /^(?:(?:of|in) (?:the|each|every) month|im monat|des monats) /;

/**
 * `every month on the 15th 22:00`, `every last Sunday 22:00`, `jeden ersten Werktag im Monat 20 Uhr`: which day, and the words behind it.
 * “Every second Sunday” is every other one to many, so that only “last” needs no month beside it.
 */
export function readMonthly(
  when: string,
): { readonly nth: number; readonly of: MonthDay; readonly rest: readonly string[] } | undefined {
  const isMonthly = MONTHLY.test(when);
  if (!isMonthly && !EVERY.test(when)) return undefined;
  const [first = '', ...words] = when
    .replace(isMonthly ? MONTHLY : EVERY, '')
    .replace(/^(?:on the|on|am|the|der|den) /, '')
    .split(' ');
  const nth = ORDINALS.get(first) ?? Number(/^(\d{1,2})(?:st|nd|rd|th|\.)$/.exec(first)?.[1]);
  if (!Number.isInteger(nth)) return undefined;
  const named = KINDS.get(words[0] ?? '');
  const behind = `${words.slice(named === undefined ? 0 : 1).join(' ')} `;
  const isOfMonth = isMonthly || OF_THE_MONTH.test(behind) || (nth === -1 && named !== undefined);
  const kind = named ?? 'day';
  if (!isOfMonth || !isNth(nth, kind)) return undefined;
  return { nth, of: kind, rest: behind.replace(OF_THE_MONTH, '').trim().split(' ') };
}

/** Whether every month has such a day. */
export const isNth = (nth: number, kind: MonthDay): boolean =>
  nth === -1 || (nth > 0 && nth <= (kind === 'day' ? MOST_NTH.day : MOST_NTH.other));

function of<Meaning>(meaning: Meaning, ...words: readonly string[]): readonly (readonly [string, Meaning])[] {
  return words.map((word) => [word, meaning] as const);
}
