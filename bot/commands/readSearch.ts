import { Temporal } from 'temporal-polyfill';
import type { Actor, Instant, KnownPerson } from '../../engine/contracts.ts';
import { idsOfActor } from '../../engine/contracts/mayBeDone/index.ts';
import { named, type RunSearch } from '../../engine/journal/findRuns.ts';
import { readMoment, type MomentContext } from '../moments/readMoment.ts';
import { refusalOf } from '../moments/refusalOf.ts';
import { UnreadableSearchError } from './errors.ts';

/** What a list was narrowed to: as it is carried out, and as a button carries it to the next page. */
export interface ReadSearch {
  readonly search: RunSearch;
  /** Instants instead of “yesterday”, so that every page means the same. Empty: nothing was narrowed. */
  readonly text: string;
  /** The part of a name, or `me`. */
  readonly by?: string;
}

type Word = 'failed' | 'drafts' | 'open' | 'mine' | 'by' | 'since' | 'until';

const WORDS: Readonly<Record<string, Word>> = {
  failed: 'failed',
  fehlgeschlagen: 'failed',
  drafts: 'drafts',
  entwürfe: 'drafts',
  open: 'open',
  offen: 'open',
  mine: 'mine',
  meine: 'mine',
  by: 'by',
  von: 'by',
  since: 'since',
  seit: 'since',
  until: 'until',
  bis: 'until',
};
const ME = new Set(['me', 'mir']);

export const isSearchWord = (word: string): boolean => WORDS[word.toLowerCase()] !== undefined;

/**
 * `failed by Jonas since 1 Nov`, in any order, English or German.
 * @throws UnreadableSearchError
 */
export function readSearch(
  text: string,
  { people, person, ...context }: MomentContext & { readonly people: readonly KnownPerson[]; readonly person: Actor },
): ReadSearch {
  let search: RunSearch = {};
  let by: string | undefined;
  for (const { word, rest } of partsOf(text)) {
    const isAlone = word === 'failed' || word === 'drafts' || word === 'open' || word === 'mine';
    if (isAlone !== (rest === '')) throw new UnreadableSearchError();
    if (word === 'failed') search = { ...search, hasFailed: true };
    else if (word === 'drafts') search = { ...search, drafts: 'all' };
    else if (word === 'open') search = { ...search, drafts: 'open' };
    else if (word === 'since' || word === 'until') search = { ...search, [word]: instantOf(word, rest, context) };
    else by = word === 'mine' || ME.has(rest.toLowerCase()) ? 'me' : nameIn(rest);
  }
  if (by !== undefined) search = { ...search, by: by === 'me' ? { ids: idsOfActor(person) } : named(people, by) };
  return { search, text: textOf(search, by), ...(by === undefined ? {} : { by }) };
}

function partsOf(text: string): readonly { readonly word: Word; readonly rest: string }[] {
  const parts: { readonly word: Word; rest: string }[] = [];
  for (const written of text.split(' ').filter((one) => one !== '')) {
    const word = WORDS[written.toLowerCase()];
    const last = parts.at(-1);
    // `by von Berg`: what stands right behind `by` is a name.
    const isName = last?.word === 'by' && last.rest === '';
    if (word && !isName) parts.push({ word, rest: '' });
    else if (last) last.rest = `${last.rest} ${written}`.trim();
    else throw new UnreadableSearchError();
  }
  return parts;
}

/** Everybody of that name by all of their ids, so that what they did by another account is found too. */
/** Letters and what stands between them: it comes back in a button. */
function nameIn(text: string): string {
  if (!/^[\p{L}\p{M}\p{N} .’'-]{1,60}$/u.test(text)) throw new UnreadableSearchError();
  return text;
}

/** A day without a time begins with `since` and is over with `until`. */
function instantOf(word: 'since' | 'until', text: string, context: MomentContext): Instant {
  // As a button carries it: the end of today is still to come.
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  const reading = readMoment(text, context);
  if (reading.kind === 'instant') return reading.at;
  const dates = TODAY.has(text.toLowerCase()) ? [today(context)] : reading.kind === 'no-time' ? reading.dates : [];
  const [date] = dates;
  if (date !== undefined && dates.length === 1) {
    const day = Temporal.PlainDate.from(date).add({ days: word === 'until' ? 1 : 0 });
    return new Date(day.toZonedDateTime(context.zone).epochMilliseconds).toISOString();
  }
  throw new UnreadableSearchError(
    reading.kind === 'latest' || reading.kind === 'choice' || reading.kind === 'no-time'
      ? undefined
      : refusalOf(reading).message,
  );
}

/** As a moment it is still to come. */
const TODAY = new Set(['today', 'heute']);
const today = ({ now, zone }: MomentContext): string =>
  Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate().toString();

function textOf({ hasFailed, drafts, since, until }: RunSearch, by: string | undefined): string {
  return [
    ...(hasFailed ? ['failed'] : []),
    ...(drafts === 'all' ? ['drafts'] : drafts === 'open' ? ['open'] : []),
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(by === undefined ? [] : [`by ${by}`]),
  ].join(' ');
}
