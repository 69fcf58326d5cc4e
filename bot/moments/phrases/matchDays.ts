import type { Match, Part } from './part.ts';
import { DAYS, MONTHS, PERIODS, WEEKDAYS, WHICH } from './vocabulary.ts';

/** Every reading of the words at `at` as a day named by its place from today, or as a part of one. */
export function matchDays(words: readonly string[], at: number, before: Part | undefined): readonly Match[] {
  return [...namedDays(words, at), ...weekdays(words, at), ...weeks(words, at), ...periods(words, at, before)];
}

function namedDays(words: readonly string[], at: number): readonly Match[] {
  const [first = '', second = '', third = ''] = words.slice(at, at + 3);
  const back = DAYS.get(first);
  if (back !== undefined) return [{ length: 1, part: { kind: 'day', back } }];
  if (first === 'day' && second === 'before' && third === 'yesterday')
    return [{ length: 3, part: { kind: 'day', back: 2 } }];
  if (WHICH.get(first) === 'last' && PERIODS.get(second) === 'night')
    return [{ length: 2, part: { kind: 'last-night' } }];
  // German has one word for tomorrow and morning.
  return first === 'morgen' ? [{ length: 1, part: { kind: 'day', back: -1 } }] : [];
}

function weekdays(words: readonly string[], at: number): readonly Match[] {
  const which = WHICH.get(words[at] ?? '');
  const place = which === undefined ? at : at + 1;
  const weekday = WEEKDAYS.get((words[place] ?? '').replace(/\.$/, ''));
  if (weekday === undefined) return [];
  return [{ length: place - at + 1, part: { kind: 'weekday', weekday, ...(which && { which }) } }];
}

function weeks(words: readonly string[], at: number): readonly Match[] {
  const which = WHICH.get(words[at] ?? '');
  const isWeek = /^(week|woche)$/.test(words[at + 1] ?? '');
  return which !== undefined && isWeek ? [{ length: 2, part: { kind: 'week', which } }] : [];
}

function periods(words: readonly string[], at: number, before: Part | undefined): readonly Match[] {
  const first = words[at] ?? '';
  if (first === 'tonight') return [];
  const isAfterDay = before !== undefined && ['day', 'weekday', 'date', 'ago'].includes(before.kind);
  const place = WHICH.get(first) === 'this' ? at + 1 : at;
  const period = words[place] === 'morgen' && (isAfterDay || place > at) ? 'morning' : PERIODS.get(words[place] ?? '');
  if (period !== undefined) return [{ length: place - at + 1, part: { kind: 'period', period } }];
  // Alone it is twelve o’clock.
  const isBeforeTime = /^mittags?$/.test(words[place] ?? '') && /^(um|gegen|\d.*)$/.test(words[place + 1] ?? '');
  return isBeforeTime ? [{ length: place - at + 1, part: { kind: 'period', period: 'midday' } }] : [];
}

/** `end of last month`, `anfang oktober`, `monatsende`: the first or last instant of a month. */
export function matchMonthEdges(words: readonly string[], at: number): readonly Match[] {
  const rest = words.slice(at).filter((word) => !/^(of|the|des|der|den)$/.test(word));
  const phrase = rest.slice(0, 3).join(' ');
  if (/^(month[- ]end|monatsende|last month.?s end)( |$)/.test(phrase))
    return edge(words, at, /^month end|^last/.test(phrase) ? phrase.split(' ').length : 1, { edge: 'end', back: 1 });
  if (/^monatsanfang( |$)/.test(phrase)) return edge(words, at, 1, { edge: 'start', back: 0 });
  const side = /^(end|ende)$/.test(rest[0] ?? '')
    ? 'end'
    : /^(start|beginning|anfang|beginn)$/.test(rest[0] ?? '')
      ? 'start'
      : undefined;
  if (side === undefined) return [];
  const month = MONTHS.get(rest[1] ?? '');
  if (month !== undefined) {
    const year = /^\d{4}$/.exec(rest[2] ?? '')?.[0];
    const own = { edge: side, month, back: 0, ...(year !== undefined && { year: Number(year) }) } as const;
    return edge(words, at, year === undefined ? 2 : 3, own);
  }
  const which = WHICH.get(rest[1] ?? '');
  const isMonth = /^(month|monats|monat)$/.test(which === undefined ? (rest[1] ?? '') : (rest[2] ?? ''));
  if (!isMonth || which === 'next') return [];
  return edge(words, at, which === undefined ? 2 : 3, { edge: side, back: which === 'last' ? 1 : 0 });
}

/** `count` words, and the little ones between them. */
function edge(
  words: readonly string[],
  at: number,
  count: number,
  own: Omit<Extract<Part, { kind: 'month-edge' }>, 'kind'>,
): readonly Match[] {
  let length = 0;
  for (let taken = 0; taken < count; length += 1)
    if (!/^(of|the|des|der|den)$/.test(words[at + length] ?? '')) taken += 1;
  return [{ length, part: { kind: 'month-edge', ...own } }];
}
