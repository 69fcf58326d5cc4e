import type { Instant } from '../engine/contracts.ts';
import { formats, type Formats } from './formats.ts';
import { dateFormat } from './intlFormats.ts';
import { neutral, plain, verbatim, type Md, type Name, type Raw, type Safe } from './text.ts';
import { en } from './words/en.ts';
import type { Words } from './words/words.ts';

/** For whom a card is written. */
export interface Readership {
  readonly now: Instant;
  /** IANA zone in which times are shown; UTC stands beside it where it matters. */
  readonly zone: string;
  /** BCP 47, as the client says; counts for English and together with `words`. */
  readonly locale?: string;
  /** Another language's catalogue. */
  readonly words?: Words;
}

/** Everything a view model needs to speak to one reader: words, formats, and the two doors for foreign text. */
export interface Reader extends Formats {
  readonly locale: string;
  readonly isRtl: boolean;
  readonly words: Words;
  readonly now: Instant;
  readonly zone: string;
  plain(value: string, maxLength?: number): Md;
  verbatim(value: string, maxLength?: number): Raw;
  neutral(value: string, maxLength?: number): Safe;
  /** Where the reader lives, and in UTC where that is elsewhere: two lines of a fact. */
  instant(at: Instant): Md;
  /** A text of the engine, in which instants are UTC, with the reader's own times instead. */
  told(text: string): string;
  /** Short name of an environment or a person, for both kinds of field. */
  name(value: string): Name;
  /** A run's number or an error's code: letters, digits and hyphens. */
  id(value: string): Safe;
}

export function readerOf({ now, words, ...asked }: Readership): Reader {
  // Zone and locale come from people's clients: one that this Node does not know must not cost them the card.
  const zone = zoneFor(asked.zone);
  const locale = localeFor(asked.locale ?? 'en', words !== undefined);
  const isRtl = /^(ar|fa|he|ur)\b/.test(locale);
  // Latin names inside a right-to-left sentence keep their order only between isolates; added after cleaning, which drops them.
  const isolated = <Text extends string>(text: Text): Text => (isRtl ? (`\u2068${text}\u2069` as Text) : text);
  const plainFor = (value: string, maxLength?: number) => isolated(plain(value, maxLength));
  const verbatimFor = (value: string, maxLength?: number) => isolated(verbatim(value, maxLength));
  const spokenTimes = formats({ now, zone, locale, isolated });
  const { exact, zoneName, utc } = spokenTimes;
  const catalogue = words ?? en;
  return {
    ...spokenTimes,
    instant: (at) =>
      zone === 'UTC'
        ? catalogue.instantInUtc(exact(at))
        : catalogue.instant(spokenTimes.moment(at), zoneName(at), utc(at)),
    // With its offset, so that it is one instant also in the night when the clocks go back.
    told: (text) => text.replaceAll(INSTANT, (at) => `${exact(at)} ${zoneName(at)}`),
    locale,
    isRtl,
    words: catalogue,
    now,
    zone,
    plain: plainFor,
    verbatim: verbatimFor,
    neutral: (value, maxLength) => isolated(neutral(value, maxLength)),
    name: (value) => ({ md: plainFor(value, 40), raw: verbatimFor(value, 40) }),
    id: (value) => isolated(value.replace(/[^A-Za-z0-9-]/g, '').slice(0, 40) as Safe),
  };
}

const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z/g;

/** Known by any of its names, UTC is called UTC. */
function zoneFor(zone: string): string {
  if (!isKnown(() => dateFormat('en', { timeZone: zone }))) return 'UTC';
  return /^(Etc\/)?(UTC|UCT|GMT|Zulu|Universal|Greenwich)$/i.test(zone) ? 'UTC' : zone;
}

/** Dates follow the words: an English sentence with a German date helps nobody. */
function localeFor(locale: string, hasOwnWords: boolean): string {
  if (!isKnown(() => new Intl.Locale(locale))) return 'en';
  return hasOwnWords || /^en\b/i.test(locale) ? locale : 'en';
}

function isKnown(use: () => unknown): boolean {
  try {
    use();
    return true;
  } catch {
    return false;
  }
}
