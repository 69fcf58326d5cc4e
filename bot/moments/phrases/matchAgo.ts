import type { Match } from './part.ts';
import { NUMBERS, UNITS } from './vocabulary.ts';

const MINUTES = { minute: 1, hour: 60 } as const;

interface Span {
  minutes: number;
  days: number;
  months: number;
}

/** `2h ago`, `an hour and 30 minutes ago`, `half an hour ago`, `vor 3 tagen`, `vor einer halben stunde`. */
export function matchAgo(words: readonly string[], at: number): readonly Match[] {
  const isGerman = words[at] === 'vor';
  const span: Span = { minutes: 0, days: 0, months: 0 };
  let place = isGerman ? at + 1 : at;
  let amounts = 0;
  for (let amount = readAmount(words, place); amount !== undefined; amount = readAmount(words, place)) {
    if (!add(span, amount.count, amount.unit)) return [];
    amounts += 1;
    place += amount.length;
    if (/^(and|und)$/.test(words[place] ?? '') && readAmount(words, place + 1)) place += 1;
  }
  if (amounts === 0) return [];
  if (isGerman) return [{ length: place - at, part: { kind: 'ago', ...span } }];
  return words[place] === 'ago' ? [{ length: place - at + 1, part: { kind: 'ago', ...span } }] : [];
}

interface Amount {
  readonly count: number;
  readonly unit: string;
  readonly length: number;
}

function readAmount(words: readonly string[], at: number): Amount | undefined {
  const glued = /^(\d{1,5}(?:\.\d)?)([a-zäöü]+)$/.exec(words[at] ?? '');
  if (glued && UNITS.get(glued[2] ?? '') !== undefined)
    return { count: Number(glued[1]), unit: glued[2] ?? '', length: 1 };
  const half = words[at] === 'half' ? at + 1 : at;
  const article = /^(a|an|einer?|einem|the)$/.test(words[half] ?? '');
  const halved = half > at ? half : article && /^(half|halbe?n?r?)$/.test(words[half + 1] ?? '') ? half + 1 : undefined;
  if (halved !== undefined) {
    const place = half > at ? (article ? half + 1 : half) : halved + 1;
    return unitAt(words, at, place, 0.5);
  }
  const word = words[at] ?? '';
  const count = /^\d{1,5}(?:[.,]\d)?$/.test(word) ? Number(word.replace(',', '.')) : NUMBERS.get(word);
  if (count === undefined) return undefined;
  const isAndHalf = words[at + 1] === 'and' && words[at + 2] === 'a' && words[at + 3] === 'half';
  if (isAndHalf) return unitAt(words, at, at + 4, count + 0.5);
  const amount = unitAt(words, at, at + 1, count);
  const isHalfBehind = words[at + 2] === 'and' && words[at + 3] === 'a' && words[at + 4] === 'half';
  return amount && isHalfBehind ? { ...amount, count: count + 0.5, length: 5 } : amount;
}

function unitAt(words: readonly string[], from: number, place: number, count: number): Amount | undefined {
  const unit = words[place] ?? '';
  return UNITS.get(unit) === undefined ? undefined : { count, unit, length: place - from + 1 };
}

/** False where half of something is no whole number of minutes or days. */
function add(span: Span, count: number, word: string): boolean {
  const unit = UNITS.get(word);
  switch (unit) {
    case undefined:
      return false;
    case 'minute':
    case 'hour':
      span.minutes += count * MINUTES[unit];
      break;
    case 'day':
      span.days += count;
      break;
    case 'week':
      span.days += count * 7;
      break;
    case 'month':
      span.months += count;
      break;
  }
  return Number.isInteger(span.days) && Number.isInteger(span.months);
}
