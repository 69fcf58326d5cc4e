import type { Sandbox } from '../../contracts.ts';
import type { ReadSession } from '../../environments/provider.ts';
import { readCatalogue } from './catalogue.ts';
import type { Catalogue, Column, Place } from './catalogue.ts';
import { compileRule } from './compileRule.ts';
import type { CompiledRule, CountedRows } from './compileRule.ts';
import { emptyValue } from './conditions.ts';
import type { Scope } from './conditions.ts';
import { ColumnMismatchError, MandatoryTableMissingError, NoRulesError, type Mismatch } from '../errors.ts';
import { LEAST_ROOM, shownKind } from '../masks/kinds.ts';
import type { MaskKind } from '../pack/maskSchema.ts';
import { besideOf, columnsAt, mainPlaceOf, placesOf, shownPlace } from './places.ts';
import { DEFAULT_SCHEMA } from './queryBuilder.ts';
import type { OriginOf } from '../pack/packProblems.ts';
import { presentPart } from '../pack/presentPart.ts';
import { columnsOf, spokenOf } from '../pack/ruleColumns.ts';
import type { Rule } from '../pack/rulePack.ts';

/** A rule and one table that it holds for; `table` as people read it. */
export type PreparedRule =
  ReadyRule | { readonly kind: 'skipped'; readonly rule: Rule; readonly table: string; readonly why: SkipReason };
export interface ReadyRule {
  readonly kind: 'ready';
  /** Without the columns that the table lacks and may lack. */
  readonly rule: Rule;
  readonly lacking: readonly string[];
  readonly table: string;
  readonly place: Place;
  readonly compiled: CompiledRule;
}
export type SkipReason = 'no such table' | 'no such column';

export interface PreparedRules {
  /** In the order of the rules, one for every table that a rule means. */
  readonly rules: readonly PreparedRule[];
  readonly catalogue: Catalogue;
}

/**
 * Compares all rules with the database before any of them changes a row.
 * @param originOf where a rule stands, for what is said of it
 * @throws NoRulesError when there are none: a copy that nothing was done to must not pass as sanitized.
 * @throws MandatoryTableMissingError when it is not a Finance & Operations database.
 * @throws ColumnMismatchError when its schema has drifted from the rules; names every column.
 */
export async function prepareRules(
  session: ReadSession,
  rules: readonly Rule[],
  { administrator }: Pick<Sandbox, 'administrator'>,
  originOf?: OriginOf,
): Promise<PreparedRules> {
  if (rules.length === 0) throw new NoRulesError();
  const tables = rules.flatMap((rule) => [rule.table, ...columnsOf(rule).map(({ table }) => table)]);
  const catalogue = await readCatalogue(session, tables);

  const { dialect } = session;
  const missing = rules.filter((rule) => rule.whenAbsent === 'fail' && !mainPlaceOf(catalogue, rule, dialect));
  if (missing.length > 0)
    throw new MandatoryTableMissingError(
      missing.map(({ id, table }) => ({ ruleId: id, table })),
      originOf,
    );

  const mismatches: Mismatch[] = [];
  const prepared = rules.flatMap((rule): readonly PreparedRule[] => {
    const places = placesOf(catalogue, rule, dialect);
    if (places.length === 0) return [{ kind: 'skipped', rule, table: rule.table, why: 'no such table' }];
    return places.map(({ schema, table }) => {
      const scope: Scope = { dialect, catalogue, administrator, schema, table };
      const shown = shownPlace(scope, dialect);
      const columns = columnsAt(catalogue, scope);
      const has = (column: string) => columns.has(column);
      const part = rule.whenColumnAbsent === 'skip' ? presentPart(rule, has) : rule;
      if (part === undefined) return { kind: 'skipped', rule, table: shown, why: 'no such column' };
      const found = mismatchesOf(part, scope);
      mismatches.push(...found);
      if (found.length > 0) return { kind: 'skipped', rule, table: shown, why: 'no such column' };
      const lacking = spokenOf(rule).own.filter((column) => !has(column));
      const compiled = compileRule(part, scope);
      return { kind: 'ready', rule: part, lacking, table: shown, place: { schema, table }, compiled };
    });
  });
  if (mismatches.length > 0) throw new ColumnMismatchError(mismatches, originOf);
  return { rules: prepared, catalogue };
}

/** What of a rule does not fit one table. */
function mismatchesOf(rule: Rule, { dialect, catalogue, schema, table }: Scope): readonly Mismatch[] {
  const columns = columnsAt(catalogue, { schema, table });
  const { own, others } = spokenOf(rule);
  const say = (place: Place, column: string, why: string): Mismatch => ({
    ruleId: rule.id,
    what: `${shownPlace(place, dialect)}.${column}`,
    why,
  });
  const isCleared = rule.action === 'clear-columns' || rule.action === 'keep-columns';
  return [
    ...own.filter((column) => !columns.has(column)).map((column) => say({ schema, table }, column, 'does not exist')),
    ...others.flatMap(({ table: other, column }) => {
      const place = besideOf(catalogue, schema, other, dialect);
      const main = { schema: DEFAULT_SCHEMA[dialect], table: other };
      return place?.columns.has(column) ? [] : [say(place ?? main, column, 'does not exist')];
    }),
    ...(isCleared ? rule.columns : [])
      .filter((column) => {
        const described = columns.get(column);
        return described !== undefined && !described.isNullable && emptyValue(described.family) === undefined;
      })
      .map((column) => say({ schema, table }, column, 'has no empty value and must not be NULL')),
    ...(rule.action === 'mask' ? Object.entries(rule.columns) : []).flatMap(([column, kind]) => {
      const described = columns.get(column);
      const why = described && whyNotMasked(described, kind);
      return why === undefined ? [] : [say({ schema, table }, column, why)];
    }),
    ...(rule.action === 'sql' && rule.statements[dialect] === undefined
      ? [{ ruleId: rule.id, what: shownPlace({ schema, table }, dialect), why: `has no statement for ${dialect}` }]
      : []),
  ];
}

/** Why a column cannot hold what a mask gives. Where it has less room, it gets a shorter form. */
function whyNotMasked({ family, isGenerated, maxLength = Infinity }: Column, kind: MaskKind): string | undefined {
  if (isGenerated) return 'is made by the server itself and cannot be masked';
  if (family !== 'text') return 'is no text and cannot be masked';
  if (maxLength >= LEAST_ROOM) return undefined;
  const held = maxLength === 1 ? '1 character' : `${String(maxLength)} characters`;
  return `holds ${held}, and no form of the mask ${shownKind(kind)} has fewer than ${String(LEAST_ROOM)}: clear it or set it`;
}

/** Both drivers hand a 64-bit count over as text. */
export async function countRows(
  session: ReadSession,
  query: Parameters<typeof session.select<CountedRows>>[0],
): Promise<number> {
  const [row] = await session.select(query);
  return Number(row?.rows);
}
