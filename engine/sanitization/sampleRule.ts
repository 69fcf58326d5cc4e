import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { Dialect, ReadSession } from '../environments/provider.ts';
import { isNotMasked } from './masks/forms.ts';
import { kindOf } from './masks/kinds.ts';
import { maskExpression } from './masks/maskExpression.ts';
import type { MaskKey } from './masks/maskKey.ts';
import type { Value } from './pack/conditionSchema.ts';
import type { Rule } from './pack/rulePack.ts';
import { isPending } from './rules/compileRule.ts';
import { isReference, roomOf, type Scope } from './rules/conditions.ts';
import { columnsAt } from './rules/places.ts';
import { compiled, expressions, tableOf } from './passes/statements.ts';

/** One column of one row that a rule would change: what it is like, and what it would become. Never what it is. */
export interface SampledValue {
  readonly column: string;
  readonly stored: Stored;
  readonly becomes: Becoming;
}

export type Stored =
  | { readonly kind: 'null' | 'empty' | 'value' }
  /** Without the spaces behind it. */
  | { readonly kind: 'text'; readonly characters: number }
  | { readonly kind: 'bytes'; readonly bytes: number };

export type Becoming =
  /** As it would be with a key of this trial alone: it tells nothing of the value, and a run gives another one. */
  | { readonly kind: 'made-up'; readonly value: string }
  | { readonly kind: 'constant'; readonly value: string | number | null }
  /** Of another row of the database, or of the environments file: `PARTITIONS.RECID`, `signIn of the administrator`. */
  | { readonly kind: 'taken'; readonly from: string }
  | { readonly kind: 'cleared' | 'cleared-then-kept' }
  /** NULL, empty, or of the mask's own form already. */
  | { readonly kind: 'unchanged' };

const ROWS = 3;

/** The first rows that a rule would change. Read by one SELECT, which hands out lengths and made-up values alone. */
export async function sampleRule(
  session: ReadSession,
  rule: Rule,
  scope: Scope,
  key: MaskKey,
): Promise<readonly (readonly SampledValue[])[]> {
  const changes = [...changesOf(rule)].filter(([column]) => columnsAt(scope.catalogue, scope).has(column));
  if (changes.length === 0) return [];
  const { dialect } = scope;
  const asked = changes.flatMap(([column], index) => [
    sql`${sizeOf(column, scope)} as ${sql.id(`s${String(index)}`)}`,
    ...(rule.action === 'mask' ? [sql`${madeUp(rule, column, scope, key)} as ${sql.id(`m${String(index)}`)}`] : []),
  ]);
  const count = sql.lit(ROWS);
  const top = dialect === 'mssql' ? sql`top (${count}) ` : sql``;
  const limit = dialect === 'postgres' ? sql` limit ${count}` : sql``;
  const pending = isPending(expressions(), rule, scope);
  const rows = await session.select(
    compiled(dialect, sql`select ${top}${sql.join(asked)} from ${tableOf(scope)} where ${pending}${limit}`),
  );
  return rows.map((row) => {
    const values = answers.parse(row);
    return changes.map(([column, becoming], index): SampledValue => {
      const stored = storedOf(Number(values[`s${String(index)}`]), column, scope);
      const made = values[`m${String(index)}`];
      if (becoming !== undefined) return { column, stored, becomes: becoming };
      return {
        ...{ column, stored },
        becomes: typeof made === 'string' ? { kind: 'made-up', value: made } : { kind: 'unchanged' },
      };
    });
  });
}

const answers = z.record(z.string(), z.union([z.string(), z.number()]).nullable());

/** What each column becomes, where the rule alone says so; undefined where the row's own value has a part in it. */
function changesOf(rule: Rule): ReadonlyMap<string, Becoming | undefined> {
  switch (rule.action) {
    case 'set-columns':
      return new Map(Object.entries(rule.values).map(([column, value]) => [column, setTo(value)]));
    case 'clear-columns':
      return new Map(rule.columns.map((column) => [column, { kind: 'cleared' }]));
    case 'keep-columns':
      return new Map(rule.columns.map((column) => [column, { kind: 'cleared-then-kept' }]));
    case 'mask':
      return new Map(Object.keys(rule.columns).map((column) => [column, undefined]));
    case 'delete-rows':
    case 'keep-rows':
    case 'sql':
      return new Map();
  }
}

function setTo(value: Value): Becoming {
  if (isReference(value)) return { kind: 'taken', from: `${value.from.table}.${value.from.column}` };
  if (typeof value === 'object' && value !== null)
    return { kind: 'taken', from: `${value.administrator} of the administrator` };
  return { kind: 'constant', value };
}

function madeUp(
  { columns }: Extract<Rule, { action: 'mask' }>,
  column: string,
  scope: Scope,
  key: MaskKey,
): RawBuilder<unknown> {
  const mask = { kind: columns[column] ?? 'token', room: roomOf(column, scope) };
  const isMeant = isNotMasked(sql.id(column), kindOf(mask.kind, mask.room), scope.dialect);
  return sql`case when ${isMeant} then ${maskExpression(scope.dialect, mask, column, key)} end`;
}

const [NULL, UNSIZED] = [-1, -2];

/** Characters or bytes, or that there are none to count. */
function sizeOf(column: string, scope: Scope): RawBuilder<unknown> {
  const own = sql.id(column);
  return sql`case when ${own} is null then ${sql.lit(NULL)} else ${LENGTHS[scope.dialect](own, familyOf(column, scope))} end`;
}

const LENGTHS: Readonly<Record<Dialect, (own: RawBuilder<unknown>, family: string) => RawBuilder<unknown>>> = {
  postgres(own, family) {
    if (family === 'text') return sql`length(rtrim(cast(${own} as text)))`;
    return family === 'binary' ? sql`octet_length(${own})` : sql`${sql.lit(UNSIZED)}`;
  },
  // Two bytes for each character; ntext has neither length nor spaces behind it.
  mssql(own, family) {
    if (family === 'text') return sql`datalength(rtrim(cast(${own} as nvarchar(max)))) / 2`;
    return family === 'binary' ? sql`datalength(${own})` : sql`${sql.lit(UNSIZED)}`;
  },
};

const familyOf = (column: string, scope: Scope): string =>
  columnsAt(scope.catalogue, scope).get(column)?.family ?? 'other';

function storedOf(size: number, column: string, scope: Scope): Stored {
  if (size === NULL) return { kind: 'null' };
  if (size === UNSIZED) return { kind: 'value' };
  if (size === 0) return { kind: 'empty' };
  return familyOf(column, scope) === 'binary' ? { kind: 'bytes', bytes: size } : { kind: 'text', characters: size };
}
