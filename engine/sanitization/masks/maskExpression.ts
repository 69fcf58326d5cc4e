import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import type { MaskKind } from '../pack/maskSchema.ts';
import { isNotMasked } from './forms.ts';
import { kindOf, shownKind } from './kinds.ts';
import { sqlServerMask } from './sqlServerMasks.ts';

/** A mask in one column: the same kind has another form where there is less room. */
export interface ColumnMask {
  readonly kind: MaskKind;
  /** Characters of the column; absent where they have no limit. */
  readonly room?: number | undefined;
}

/**
 * The made-up value for that of a column, as one expression without parameters: it stands in an UPDATE and in PostgreSQL's rewrite of a
 * table alike. NULL stays NULL, and what is empty stays as it is. Carried out only where `setUpMasks` has been.
 */
export function maskExpression(dialect: Dialect, mask: ColumnMask, column: string): RawBuilder<string> {
  if (dialect === 'postgres') return sql`${sql.id('rewind', functionName(mask))}(cast(${sql.id(column)} as text))`;
  return sql.raw(sqlServerMask(`[${column.replaceAll(']', ']]')}]`, kindOf(mask.kind, mask.room).parts));
}

/**
 * As `maskExpression`, but a value that has the form of its mask already stays as it is: however often a row is visited, it is masked once.
 */
export function maskOnce(dialect: Dialect, mask: ColumnMask, column: string): RawBuilder<string> {
  const own = sql.id(column);
  const isNot = isNotMasked(own, kindOf(mask.kind, mask.room), dialect);
  return sql`case when ${isNot} then ${maskExpression(dialect, mask, column)} else ${own} end`;
}

/** Of 63 characters at most: a domain may be longer. */
export function functionName({ kind, room }: ColumnMask): string {
  const { isShortened, length } = kindOf(kind, room);
  const form = isShortened ? `_${String(length)}` : '';
  if (typeof kind === 'string') return `mask_${kind}${form}`;
  return `mask_${createHash('sha256').update(shownKind(kind)).digest('hex').slice(0, 16)}${form}`;
}
