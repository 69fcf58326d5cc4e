import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import type { MaskKind } from '../pack/maskSchema.ts';
import { isNotMasked } from './forms.ts';
import { kindOf, shownKind } from './kinds.ts';
import type { MaskKey } from './maskKey.ts';
import { postgresMask } from './postgresMasks.ts';
import { sqlServerMask } from './sqlServerMasks.ts';

/** A mask in one column: the same kind has another form where there is less room. */
export interface ColumnMask {
  readonly kind: MaskKind;
  /** Characters of the column; absent where they have no limit. */
  readonly room?: number | undefined;
}

/**
 * The made-up value for that of a column, as one expression: it stands in an UPDATE and in PostgreSQL's rewrite of a table alike. NULL
 * stays NULL, and what is empty stays as it is. Carried out only where `setUpMasks` has been.
 * @param trial a key that is good for nothing else: with it the expression needs nothing but itself, in a SELECT where nothing may be
 * written, and the key is its parameters
 */
export function maskExpression(
  dialect: Dialect,
  mask: ColumnMask,
  column: string,
  trial?: MaskKey,
): RawBuilder<string> {
  const { parts } = kindOf(mask.kind, mask.room);
  if (dialect === 'postgres') {
    if (trial !== undefined) return postgresMask(`"${column.replaceAll('"', '""')}"`, parts, trial);
    return sql`${sql.id('rewind', functionName(mask))}(cast(${sql.id(column)} as text))`;
  }
  const key = trial && sql`(SELECT ${trial.ipad} AS ipad, ${trial.opad} AS opad)`;
  return sqlServerMask(`[${column.replaceAll(']', ']]')}]`, parts, key);
}

/**
 * As `maskExpression`, but a value that has the form of its mask already stays as it is: however often a row is visited, it is masked once.
 */
export function maskOnce(dialect: Dialect, mask: ColumnMask, column: string, trial?: MaskKey): RawBuilder<string> {
  const own = sql.id(column);
  const isNot = isNotMasked(own, kindOf(mask.kind, mask.room), dialect);
  return sql`case when ${isNot} then ${maskExpression(dialect, mask, column, trial)} else ${own} end`;
}

/** Of 63 characters at most: a domain may be longer. */
export function functionName({ kind, room }: ColumnMask): string {
  const { isShortened, length } = kindOf(kind, room);
  const form = isShortened ? `_${String(length)}` : '';
  if (typeof kind === 'string') return `mask_${kind}${form}`;
  return `mask_${createHash('sha256').update(shownKind(kind)).digest('hex').slice(0, 16)}${form}`;
}
