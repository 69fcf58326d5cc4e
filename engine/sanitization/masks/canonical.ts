import { sql, type RawBuilder } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';

/**
 * Letters that SQL Server's collations take for two, whether they tell accents apart or not. Behind capitals: neither server has a
 * capital of one character for ß, so that of later years stands beside it.
 */
const TWO_LETTERS = [
  ['ß', 'SS'],
  ['ẞ', 'SS'],
  ['Æ', 'AE'],
  ['Œ', 'OE'],
  ['Þ', 'TH'],
] as const;

/** Full width, as East Asian keyboards write ASCII, without small letters. */
const WIDE = Array.from({ length: 94 }, (_, index) => String.fromCodePoint(0xff01 + index)).filter(
  (letter) => letter === letter.toUpperCase(),
);
const NARROW = WIDE.map((letter) => letter.normalize('NFKC'));

const literal = (letters: readonly string[]): string => letters.join('').replaceAll("'", "''");

/**
 * What a mask takes the hash of: texts that most collations call equal are one. Trailing spaces do not count, nor does the case. Plain ASCII, which most
 * values are, needs no more.
 */
export function postgresCanonical(text: string): string {
  const capitals = `upper(rtrim(${text}) collate "pg_c_utf8")`;
  const spelled = spelledOut(capitals, 'replace', '');
  const narrow = `translate(${spelled}, '${literal(WIDE)}', '${literal(NARROW)}')`;
  return `case when octet_length(${text}) = length(${text}) then ${capitals} when (${text}) collate "C" ~ '[！-～]' then ${narrow} else ${spelled} end`;
}

/**
 * The same in T-SQL, by code points alone, whatever the column's own collation makes of them. With an empty Unicode text behind it a
 * value of any code page is one of Unicode, of the length that it has.
 */
export function sqlServerCanonical(text: string): string {
  const spelled = spelledOut(`UPPER(RTRIM(${text} + N'') COLLATE Latin1_General_100_BIN2)`, 'REPLACE', 'N');
  return `TRANSLATE(${spelled}, N'${literal(WIDE)}', N'${literal(NARROW)}')`;
}

const spelledOut = (capitals: string, replace: string, prefix: string): string =>
  TWO_LETTERS.reduce((inner, [one, two]) => `${replace}(${inner}, ${prefix}'${one}', ${prefix}'${two}')`, capitals);

/** Two values that give the same mask have the same, compared by its bytes. */
export function canonicalOf(dialect: Dialect, column: RawBuilder<unknown>): RawBuilder<string> {
  const name = column.compile(offlineBuilder(dialect)).sql;
  return dialect === 'mssql'
    ? sql.raw(`${sqlServerCanonical(name)} COLLATE Latin1_General_100_BIN2`)
    : sql.raw(`(${postgresCanonical(`cast(${name} as text)`)}) collate "C"`);
}
