import { sql, type RawBuilder } from 'kysely';
import { sqlServerCanonical } from './canonical.ts';
import { countryNumber, type Part } from './kinds.ts';
import type { WordList } from './words.ts';

/** The row with the key of a copy: it stands in no text and in no parameter, both of which a server's plans and Query Store keep. */
const KEY_OF_COPY = sql.raw('rewind.mask_key');

/**
 * The value as one scalar subquery over the row with the key. Functions would be carried out row by row; this is part of the plan.
 * @param key what stands in the place of that row's table: it has the columns `ipad` and `opad`
 */
export function sqlServerMask(
  column: string,
  parts: readonly Part[],
  key: RawBuilder<unknown> = KEY_OF_COPY,
): RawBuilder<string> {
  // Two plain hashes make an HMAC; UTF-8 needs a collation of SQL Server 2019.
  const canonical = `CONVERT(varchar(max), ${sqlServerCanonical(column)} COLLATE Latin1_General_100_BIN2_UTF8)`;
  const inner = `HASHBYTES('SHA2_256', p.ipad + CONVERT(varbinary(max), ${canonical}))`;
  const hash = sql`SELECT ${sql.raw(`HASHBYTES('SHA2_256', p.opad + ${inner})`)} AS h FROM ${key} AS p`;
  const numbers = sql`SELECT CONVERT(bigint, SUBSTRING(k.h, 1, 7)) AS n, CONVERT(varchar(64), k.h, 2) AS x FROM (${hash}) AS k`;
  const value = sql`SELECT ${sql.raw(parts.map(writePart).join(' + '))} FROM (${numbers}) AS m`;
  const own = sql.raw(column);
  return sql`CASE WHEN RTRIM(${own}) = '' THEN ${own} WHEN ${own} IS NOT NULL THEN (${value}) END`;
}

function writePart(part: Part): string {
  if ('text' in part) return `'${part.text}'`;
  if ('word' in part) return wordAt(part.word, part.step);
  if ('count' in part) return `CONVERT(varchar(20), 1 + m.n / ${String(part.step)} % ${String(part.count)})`;
  if ('digits' in part) return padded(`m.n % ${tenTo(part.digits)}`, part.digits);
  if ('hex' in part)
    return `TRANSLATE(SUBSTRING(m.x, ${String(part.first)}, ${String(part.hex)}), '0123456789ABCDEF', '${part.alphabet}')`;
  const rest = `(m.n % ${tenTo(part.checkOf)} % 97 * 1000000 + ${String(countryNumber(part.country))}) % 97`;
  return padded(`98 - ${rest}`, 2);
}

const padded = (number: string, digits: number) =>
  `RIGHT('${'0'.repeat(digits)}' + CONVERT(varchar(20), ${number}), ${String(digits)})`;

const tenTo = (digits: number) => `1${'0'.repeat(digits)}`;

/** Within 8,000 characters a constant is no large object. */
function wordAt({ words, width }: WordList, step: number): string {
  const constant = words.map((word) => word.padEnd(width)).join('');
  const from = `1 + ${String(width)} * (m.n / ${String(step)} % ${String(words.length)})`;
  return `RTRIM(SUBSTRING('${constant}', ${from}, ${String(width)}))`;
}
