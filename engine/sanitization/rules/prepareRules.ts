import type { Sandbox } from '../../contracts.ts';
import type { ReadSession } from '../../environments/provider.ts';
import { readCatalogue } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { compileRule } from './compileRule.ts';
import type { CompiledRule, CountedRows } from './compileRule.ts';
import { emptyValue } from './conditions.ts';
import { ColumnMismatchError, MandatoryTableMissingError, NoRulesError } from '../errors.ts';
import { columnsOf } from '../pack/ruleColumns.ts';
import type { Rule } from '../pack/rulePack.ts';

export type PreparedRule =
  | { readonly kind: 'ready'; readonly rule: Rule; readonly compiled: CompiledRule }
  | { readonly kind: 'skipped'; readonly rule: Rule; readonly why: SkipReason };
export type SkipReason = 'no such table' | 'no such column';

export interface PreparedRules {
  readonly rules: readonly PreparedRule[];
  readonly catalogue: Catalogue;
}

/**
 * Compares all rules with the database before any of them changes a row.
 * @throws NoRulesError when there are none: a copy that nothing was done to must not pass as sanitized.
 * @throws MandatoryTableMissingError when it is not a Finance & Operations database.
 * @throws ColumnMismatchError when its schema has drifted from the rules; names every column.
 */
export async function prepareRules(
  session: ReadSession,
  rules: readonly Rule[],
  { administrator }: Pick<Sandbox, 'administrator'>,
  batchRows: number,
): Promise<PreparedRules> {
  if (rules.length === 0) throw new NoRulesError();
  const tables = rules.flatMap((rule) => [rule.table, ...columnsOf(rule).map(({ table }) => table)]);
  const catalogue = await readCatalogue(session, tables);

  const missing = rules.filter((rule) => rule.whenAbsent === 'fail' && !catalogue.has(rule.table));
  if (missing.length > 0) throw new MandatoryTableMissingError([...new Set(missing.map(({ table }) => table))]);

  const scope = { dialect: session.dialect, catalogue, administrator, batchRows };
  const mismatches: ConstructorParameters<typeof ColumnMismatchError>[0][number][] = [];
  const prepared = rules.map((rule): PreparedRule => {
    if (!catalogue.has(rule.table)) return { kind: 'skipped', rule, why: 'no such table' };
    const found = mismatchesOf(rule, catalogue);
    if (found.length === 0) return { kind: 'ready', rule, compiled: compileRule(rule, scope) };
    if (rule.whenColumnAbsent === 'fail') mismatches.push(...found);
    return { kind: 'skipped', rule, why: 'no such column' };
  });
  if (mismatches.length > 0) throw new ColumnMismatchError(mismatches);
  return { rules: prepared, catalogue };
}

function mismatchesOf(rule: Rule, catalogue: Catalogue) {
  const absent = columnsOf(rule)
    .filter(({ table, column }) => !catalogue.get(table)?.has(column))
    .map(({ table, column }) => ({ table, column, ruleId: rule.id, why: 'does not exist' }));
  const isCleared = rule.action === 'clear-columns' || rule.action === 'keep-columns';
  const uncleared = (isCleared ? rule.columns : [])
    .filter((column) => {
      const described = catalogue.get(rule.table)?.get(column);
      return described !== undefined && !described.isNullable && emptyValue(described.family) === undefined;
    })
    .map((column) => ({ table: rule.table, column, ruleId: rule.id, why: 'has no empty value and must not be NULL' }));
  return [...absent, ...uncleared];
}

/** Both drivers hand a 64-bit count over as text. */
export async function countRows(
  session: ReadSession,
  query: Parameters<typeof session.select<CountedRows>>[0],
): Promise<number> {
  const [row] = await session.select(query);
  return Number(row?.rows);
}
