import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import type { Kind, Part } from './kinds.ts';

/**
 * A value that no mask of this kind can have given. NULL and what is empty have nothing to hide. It needs nothing but the column: it is
 * asked on sessions that know no key, and after everything that masks is gone.
 */
export function isNotMasked(
  column: RawBuilder<unknown>,
  { parts }: Pick<Kind, 'parts'>,
  dialect: Dialect,
): RawBuilder<SqlBool> {
  // By its bytes: a collation that calls different texts equal has no regular expressions.
  const text = dialect === 'postgres' ? sql`cast(${column} as text) collate "C"` : column;
  const form = sql.join([shapeOf(text, parts, dialect), ...wordsOf(text, parts, dialect)], sql` and `);
  return sql<SqlBool>`(rtrim(${text}) <> '' and not (${form}))`;
}

function shapeOf(text: RawBuilder<unknown>, parts: readonly Part[], dialect: Dialect): RawBuilder<unknown> {
  if (dialect === 'postgres') {
    // rtrim: char(n) is filled up with spaces.
    const pattern = parts.map((part) => expressionOf(part)).join('');
    return sql`rtrim(${text}) ~ ${sql.lit(`^${pattern}$`)}`;
  }
  return sql`rtrim(${text}) like ${sql.lit(parts.map((part) => patternOf(part)).join(''))}`;
}

function expressionOf(part: Part): string {
  if ('text' in part) return part.text.replaceAll(/[.+]/g, String.raw`\$&`);
  if ('word' in part) return '[A-Z][a-z]+';
  if ('count' in part) return '[0-9]+';
  if ('digits' in part) return `[0-9]{${String(part.digits)}}`;
  return 'hex' in part ? `[${part.alphabet}]{${String(part.hex)}}` : '[0-9]{2}';
}

function patternOf(part: Part): string {
  if ('text' in part) return part.text;
  if ('word' in part) return '%';
  if ('count' in part) return '[0-9]%';
  if ('digits' in part) return '[0-9]'.repeat(part.digits);
  return 'hex' in part ? `[${part.alphabet}]`.repeat(part.hex) : '[0-9][0-9]';
}

/** That each word is one of its list: what only looks like a made-up name is not one. */
function wordsOf(text: RawBuilder<unknown>, parts: readonly Part[], dialect: Dialect): readonly RawBuilder<unknown>[] {
  const lists = parts.flatMap((part) => ('word' in part ? [part.word.words] : []));
  const spaced = sql`rtrim(${text}) + ' '`;
  return lists.map((words, index) => {
    if (dialect === 'postgres')
      return sql`split_part((${text}), ' ', ${sql.lit(index + 1)}) = any(${sql.lit(`{${words.join(',')}}`)}::text[])`;
    const second = sql`substring(${spaced}, charindex(' ', ${spaced}) + 1, 200) + ' '`;
    const from = index === 0 ? spaced : second;
    const word = sql`'|' + left(${from}, charindex(' ', ${from}) - 1) + '|'`;
    return sql`charindex(${word}, ${sql.lit(`|${words.join('|')}|`)}) > 0`;
  });
}
