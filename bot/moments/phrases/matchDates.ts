import type { Match, Part } from './part.ts';
import { MONTHS, FILLERS } from './vocabulary.ts';

/** Every reading of the words at `at` as a day of the calendar. */
export function matchDates(words: readonly string[], at: number): readonly Match[] {
  const word = words[at] ?? '';
  return [...numeric(word).map((part) => ({ length: 1, part })), ...spelled(words, at)];
}

function numeric(word: string): readonly Part[] {
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(word);
  if (compact) return date(compact[1], compact[2], compact[3]);
  const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(word);
  if (iso) return date(iso[1], iso[3], iso[4]);
  const european = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d\d)?)?$/.exec(word);
  if (european) return date(european[3], european[2], european[1]);
  // Which comes first, day or month, is a habit of countries: both are read.
  const either = /^(\d{1,2})([-/])(\d{1,2})(?:\2(\d{4}|\d\d))?$/.exec(word);
  if (either) return [...date(either[4], either[3], either[1]), ...date(either[4], either[1], either[3])];
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th|\.)$/.exec(word);
  return ordinal ? day(ordinal[1]) : [];
}

/** `22 nov 2026`, `22nd of november`, `nov 22 2026`, `22. november`. */
function spelled(words: readonly string[], at: number): readonly Match[] {
  const found: Match[] = [];
  const month = MONTHS.get(bare(words[at]));
  if (month !== undefined) found.push(...ending(words, at, at + 2, month, words[at + 1]));
  const next = FILLERS.has(words[at + 1] ?? '') ? at + 2 : at + 1;
  const following = MONTHS.get(bare(words[next]));
  if (following !== undefined) found.push(...ending(words, at, next + 1, following, words[at]));
  return found;
}

function ending(words: readonly string[], from: number, to: number, month: number, dayWord = ''): readonly Match[] {
  const dayNumber = /^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(dayWord)?.[1];
  const year = /^\d{4}$/.exec(words[to] ?? '')?.[0];
  return date(year, String(month), dayNumber).map((part) => ({
    length: to - from + (year === undefined ? 0 : 1),
    part,
  }));
}

const bare = (word = '') => word.replace(/\.$/, '');

function date(year: string | undefined, month: string | undefined, dayNumber: string | undefined): readonly Part[] {
  if (dayNumber === undefined || month === undefined || Number(month) < 1 || Number(month) > 12) return [];
  const own = day(dayNumber)[0];
  if (own === undefined) return [];
  const full = year === undefined ? {} : { year: year.length === 2 ? 2000 + Number(year) : Number(year) };
  return [{ ...own, month: Number(month), ...full }];
}

function day(text = ''): readonly Extract<Part, { kind: 'date' }>[] {
  const number = Number(text);
  return number >= 1 && number <= 31 ? [{ kind: 'date', day: number }] : [];
}
