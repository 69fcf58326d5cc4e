import type { Sandbox } from '../../contracts.ts';
import type { ReadSession, Session } from '../../environments/provider.ts';
import { BATCH_ROWS, carryOut } from '../rules/carryOut.ts';
import type { CompiledRule } from '../rules/compileRule.ts';
import { countAll } from '../rules/conditions.ts';
import type { Scope } from '../rules/conditions.ts';
import { TargetSettingsError } from '../errors.ts';
import { countRows, prepareRules } from '../rules/prepareRules.ts';
import { columnsAt, shownPlace } from '../rules/places.ts';
import { builderFor } from '../rules/queryBuilder.ts';
import { rulesOf } from '../pack/rulePack.ts';
import type { Condition } from '../pack/conditionSchema.ts';
import type { Rule, RulePack } from '../pack/rulePack.ts';
import type { RuleResult } from '../sanitize.ts';
import {
  clrColumns,
  insertRows,
  isDifferent,
  rowsPerInsert,
  selectPage,
  sharedColumns,
  updateKept,
} from './targetRows.ts';
import type { TargetRow } from './targetRows.ts';

export interface TargetSettingsContext {
  /** To the application database of the target as it is in use now. */
  readonly target: ReadSession;
  /** To the application database of the sanitized copy. */
  readonly copy: Session;
  readonly packs: readonly RulePack[];
  readonly sandbox: Pick<Sandbox, 'administrator'>;
  readonly signal?: AbortSignal;
  readonly log?: (text: string) => void;
  readonly batchRows?: number;
}

type KeepRule = Extract<Rule, { action: 'keep-rows' | 'keep-columns' }>;
type KeepRowsRule = Extract<Rule, { action: 'keep-rows' }>;
type KeepColumnsRule = Extract<Rule, { action: 'keep-columns' }>;

/**
 * Reads what is kept from the target and writes it to the copy, row by row through memory: it is neither stored nor logged.
 * Safe to repeat: what an earlier attempt wrote is replaced.
 * @throws MandatoryTableMissingError, ColumnMismatchError when the rules fit one of the two databases no longer.
 * @throws TargetSettingsError when the copy does not hold afterwards what was read.
 */
export async function applyTargetSettings(context: TargetSettingsContext): Promise<readonly RuleResult[]> {
  const { target, copy, packs, sandbox, log, signal, batchRows = BATCH_ROWS } = context;
  const rules = rulesOf(packs).filter(isKept);
  if (rules.length === 0) return [];
  const inCopy = await prepareRules(copy, rules, sandbox, batchRows);
  const inTarget = await prepareRules(target, rules, sandbox, batchRows);

  const results: RuleResult[] = [];
  for (const here of inCopy.rules) {
    const { rule, table } = here;
    const { id: ruleId } = rule;
    if (!isKept(rule)) continue;
    const there = inTarget.rules.find((each) => each.rule === rule && each.table === table);
    if (here.kind === 'skipped' || there?.kind !== 'ready') {
      const skipped = here.kind === 'skipped' ? here.why : there?.kind === 'skipped' ? there.why : 'no such table';
      results.push({ ruleId, table, rows: 0, skipped });
      log?.(`${ruleId} (${table}): skipped, ${skipped}`);
      continue;
    }
    const { administrator } = sandbox;
    const between: Passage = {
      target,
      copy,
      targetScope: { dialect: target.dialect, catalogue: inTarget.catalogue, administrator, ...there.place },
      copyScope: { dialect: copy.dialect, catalogue: inCopy.catalogue, administrator, ...here.place },
      signal,
      batchRows,
    };
    const unkept = notKept(rule, between);
    if (unkept.length > 0)
      log?.(`${ruleId} (${table}): ${unkept.join(', ')}, of a CLR type, cannot be kept from the target`);
    const rows =
      rule.action === 'keep-rows' ? await keepRows(rule, here.compiled, between) : await keepColumns(rule, between);
    results.push({ ruleId, table, rows });
    log?.(`${ruleId} (${table}): ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'} kept from the target`);
  }
  return results;
}

export function isKept(rule: Rule): rule is KeepRule {
  return rule.action === 'keep-rows' || rule.action === 'keep-columns';
}

interface Passage {
  readonly target: ReadSession;
  readonly copy: Session;
  readonly targetScope: Scope;
  readonly copyScope: Scope;
  readonly signal: AbortSignal | undefined;
  readonly batchRows: number;
}

function notKept(rule: KeepRule, { targetScope }: Passage): readonly string[] {
  const described = columnsAt(targetScope.catalogue, targetScope);
  return clrColumns(rule.action === 'keep-columns' ? rule.columns : [...described.keys()], described);
}

async function keepRows(rule: KeepRowsRule, compiled: CompiledRule, passage: Passage): Promise<number> {
  const { copy, copyScope, targetScope, signal, batchRows } = passage;
  const columns = sharedColumns(
    columnsAt(targetScope.catalogue, targetScope),
    columnsAt(copyScope.catalogue, copyScope),
  );
  await carryOut(compiled, { session: copy, signal, batchRows, progress: () => undefined });

  let read = 0;
  for await (const page of pagesOf(passage, { columns, key: rule.key, where: rule.where ?? [] })) {
    const step = rowsPerInsert(columns.length);
    for (let first = 0; first < page.length; first += step) {
      await copy.execute(insertRows(copyScope, columns, page.slice(first, first + step)));
    }
    read += page.length;
  }
  // The target is in use, so a second count there could differ; what was read must have arrived.
  const arrived = await countRows(copy, compiled.pending);
  if (arrived !== read) throw new TargetSettingsError(rule.id, shownPlace(copyScope, copy.dialect), read, arrived);
  return read;
}

async function keepColumns(rule: KeepColumnsRule, passage: Passage): Promise<number> {
  const { copy, copyScope } = passage;
  const where = rule.where ?? [];
  const unkept = notKept(rule, passage);
  const columns = rule.columns.filter((column) => !unkept.includes(column));
  if (columns.length === 0) return 0;
  const selection = { key: rule.key, columns: [rule.key, ...columns] };
  let kept = 0;
  for await (const page of pagesOf(passage, { ...selection, where: [...where, ...(rule.whereInTarget ?? [])] })) {
    for (const row of page) {
      const isSameRow: Condition = { column: rule.key, equals: keyOf(row, rule.key) };
      const change = { columns, where: [...where, isSameRow], row };
      await copy.execute(updateKept(copyScope, change));
      const different = builderFor(copy.dialect, copyScope.schema)
        .selectFrom(copyScope.table)
        .select(countAll[copy.dialect].as('rows'))
        .where((eb) => isDifferent(eb, copyScope, change))
        .compile();
      const unlike = await countRows(copy, different);
      if (unlike > 0) throw new TargetSettingsError(rule.id, shownPlace(copyScope, copy.dialect), 1, 0);
      kept += 1;
    }
  }
  return kept;
}

interface Selection {
  readonly columns: readonly string[];
  readonly key: string;
  readonly where: readonly Condition[];
}

/** At most one page is in memory. */
async function* pagesOf(
  { target, targetScope, signal, batchRows }: Passage,
  selection: Selection,
): AsyncGenerator<readonly TargetRow[]> {
  let after: unknown;
  for (;;) {
    signal?.throwIfAborted();
    const page = await target.select(
      selectPage(targetScope, {
        ...selection,
        columns: [...new Set([...selection.columns, selection.key])],
        after,
        rows: batchRows,
      }),
    );
    if (page.length > 0) yield page;
    if (page.length < batchRows) return;
    after = page.at(-1)?.[selection.key];
  }
}

function keyOf(row: TargetRow, key: string): string | number {
  const value = row[key];
  return typeof value === 'number' ? value : String(value);
}
