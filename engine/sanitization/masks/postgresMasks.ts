import { sql, type RawBuilder } from 'kysely';
import { postgresCanonical } from './canonical.ts';
import { countryNumber, type Part } from './kinds.ts';
import type { MaskKey } from './maskKey.ts';
import type { WordList } from './words.ts';

/**
 * Functions of schema `rewind` that the expressions call: they work in an UPDATE and in a rewrite of a table alike, which allows neither
 * parameters nor subqueries. The key is no part of their text: they read it from the session.
 */
export const POSTGRES_FUNCTIONS: readonly string[] = [
  // HMAC-SHA-256, out of two plain hashes: no extension is needed. pg_c_utf8 folds as the locale of no machine does.
  `create or replace function rewind.mask_hash(v text) returns bytea language sql stable parallel safe as $$
    select sha256(decode(current_setting('rewind.opad'), 'hex') || sha256(decode(current_setting('rewind.ipad'), 'hex')
      || convert_to(${postgresCanonical('v')}, 'UTF8'))) $$`,
];

/** One function per kind: the hash is worked out once, however many parts of it a value needs. */
export function postgresFunction(name: string, parts: readonly Part[]): string {
  return `create or replace function rewind."${name}"(v text) returns text language plpgsql stable parallel safe as $$
declare
  x text;
  n bigint;
begin
  if v is null or rtrim(v) collate "C" = '' then return v; end if;
  x := upper(encode(rewind.mask_hash(v), 'hex'));
  n := ('x' || substr(x, 1, 14))::bit(56)::bigint;
  return ${parts.map(writePart).join(' || ')};
end $$`;
}

/** The same value out of one statement alone, without functions: for a SELECT, where nothing may be written. */
export function postgresMask(column: string, parts: readonly Part[], { ipad, opad }: MaskKey): RawBuilder<string> {
  const text = `cast(${column} as text)`;
  const hash = sql`sha256(${opad}::bytea || sha256(${ipad}::bytea || convert_to(${sql.raw(postgresCanonical(text))}, 'UTF8')))`;
  // With OFFSET the hash is worked out once, and not once more for every part.
  const hex = sql`select upper(encode(${hash}, 'hex')) as x offset 0`;
  const numbers = sql`select k.x, ('x' || substr(k.x, 1, 14))::bit(56)::bigint as n from (${hex}) as k offset 0`;
  const value = sql`select ${sql.raw(parts.map(writePart).join(' || '))} from (${numbers}) as m`;
  return sql`case when rtrim(${sql.raw(text)}) collate "C" = '' then ${sql.raw(text)} else (${value}) end`;
}

function writePart(part: Part): string {
  if ('text' in part) return `'${part.text}'`;
  if ('word' in part) return wordAt(part.word, part.step);
  if ('count' in part) return `(1 + n / ${String(part.step)} % ${String(part.count)})::text`;
  if ('digits' in part) return `lpad((n % ${tenTo(part.digits)})::text, ${String(part.digits)}, '0')`;
  if ('hex' in part)
    return `translate(substr(x, ${String(part.first)}, ${String(part.hex)}), '0123456789ABCDEF', '${part.alphabet}')`;
  const rest = `(n % ${tenTo(part.checkOf)} % 97 * 1000000 + ${String(countryNumber(part.country))}) % 97`;
  return `lpad((98 - ${rest})::text, 2, '0')`;
}

const tenTo = (digits: number) => `1${'0'.repeat(digits)}`;

/** A constant of bytes with one width for every word is reached into at once, whatever its length. */
function wordAt({ words, width }: WordList, step: number): string {
  const bytes = Buffer.from(words.map((word) => word.padEnd(width)).join('')).toString('hex');
  const from = `(1 + ${String(width)} * (n / ${String(step)} % ${String(words.length)}))::int`;
  return `rtrim(convert_from(substr('\\x${bytes}'::bytea, ${from}, ${String(width)}), 'UTF8'))`;
}
