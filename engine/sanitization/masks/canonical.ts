import { sql, type RawBuilder } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';

/**
 * Letters that SQL Server's collations take for two, whether they tell accents apart or not, and characters that nobody sees, which they
 * take for nothing. Behind capitals: neither server has a capital of one character for ß, so that of later years stands beside it.
 */
const SPELLED: readonly (readonly [one: string, other: string])[] = [
  ['ß', 'SS'],
  ['ẞ', 'SS'],
  ['Æ', 'AE'],
  ['Œ', 'OE'],
  ['Þ', 'TH'],
  // Soft hyphen, joiners of no width, byte order mark.
  ...['\u00ad', '\u200b', '\u200c', '\u200d', '\ufeff'].map((unseen) => [unseen, ''] as const),
];

/**
 * Spaces that are none to a server, and full width, as East Asian keyboards write ASCII, without small letters. The spaces stand first:
 * what they become must not be taken for the end of a text.
 */
const WIDE = [
  ...['\u00a0', '\u3000'],
  ...Array.from({ length: 94 }, (_, index) => String.fromCodePoint(0xff01 + index)).filter(
    (letter) => letter === letter.toUpperCase(),
  ),
];
const NARROW = WIDE.map((letter) => letter.normalize('NFKC'));

const literal = (letters: readonly string[]): string => letters.join('').replaceAll("'", "''");

/**
 * What a mask takes the hash of: texts that most collations call equal are one. Trailing spaces do not count, nor does the case. Plain
 * ASCII, which most values are, needs no more.
 */
export function postgresCanonical(text: string): string {
  const capitals = `upper(${text} collate "pg_c_utf8")`;
  const spelled = spelledOut(capitals, 'replace', '');
  const narrow = `translate(${spelled}, '${literal(WIDE)}', '${literal(NARROW)}')`;
  const isWide = `(${text}) collate "C" ~ '[\u00a0\u3000\uff01-\uff5e]'`;
  return `rtrim(case when octet_length(${text}) = length(${text}) then ${capitals} when ${isWide} then ${narrow} else ${spelled} end)`;
}

/**
 * The same in T-SQL, by code points alone, whatever the column's own collation makes of them. With an empty Unicode text behind it a
 * value of any code page is one of Unicode, of the length that it has.
 */
export function sqlServerCanonical(text: string): string {
  const spelled = spelledOut(`UPPER((${text} + N'') COLLATE Latin1_General_100_BIN2)`, 'REPLACE', 'N');
  return `RTRIM(TRANSLATE(${spelled}, N'${literal(WIDE)}', N'${literal(NARROW)}'))`;
}

const spelledOut = (capitals: string, replace: string, prefix: string): string =>
  SPELLED.reduce((inner, [one, two]) => `${replace}(${inner}, ${prefix}'${one}', ${prefix}'${two}')`, capitals);

/** Two values that give the same mask have the same, compared by its bytes. */
export function canonicalOf(dialect: Dialect, column: RawBuilder<unknown>): RawBuilder<string> {
  const name = column.compile(offlineBuilder(dialect)).sql;
  return dialect === 'mssql'
    ? sql.raw(`${sqlServerCanonical(name)} COLLATE Latin1_General_100_BIN2`)
    : sql.raw(`(${postgresCanonical(`cast(${name} as text)`)}) collate "C"`);
}
