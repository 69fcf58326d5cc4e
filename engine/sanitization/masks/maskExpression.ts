import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import type { MaskKind } from '../pack/maskSchema.ts';
import { isNotMasked } from './forms.ts';
import { kindOf, shownKind } from './kinds.ts';
import { sqlServerMask } from './sqlServerMasks.ts';

/**
 * The made-up value for that of a column, as one expression without parameters: it stands in an UPDATE and in PostgreSQL's rewrite of a
 * table alike. NULL stays NULL, and what is empty stays as it is. Carried out only where `setUpMasks` has been.
 */
export function maskExpression(dialect: Dialect, kind: MaskKind, column: string): RawBuilder<string> {
  if (dialect === 'postgres') return sql`${sql.id('rewind', functionName(kind))}(cast(${sql.id(column)} as text))`;
  return sql.raw(sqlServerMask(`[${column.replaceAll(']', ']]')}]`, kindOf(kind).parts));
}

/**
 * As `maskExpression`, but a value that has the form of its mask already stays as it is: however often a row is visited, it is masked once.
 */
export function maskOnce(dialect: Dialect, kind: MaskKind, column: string): RawBuilder<string> {
  const own = sql.id(column);
  return sql`case when ${isNotMasked(own, kind, dialect)} then ${maskExpression(dialect, kind, column)} else ${own} end`;
}

/** Of 63 characters at most: a domain may be longer. */
export function functionName(kind: MaskKind): string {
  if (typeof kind === 'string') return `mask_${kind}`;
  return `mask_${createHash('sha256').update(shownKind(kind)).digest('hex').slice(0, 16)}`;
}
