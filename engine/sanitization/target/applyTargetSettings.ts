import type { Sandbox } from '../../contracts.ts';
import type { ReadSession, Session } from '../../environments/provider.ts';
import { dropLedger, dropNotes } from '../passes/dropLedger.ts';
import { restTables, wakeTables } from '../passes/rest/restTables.ts';
import { changeAll } from '../passes/statements.ts';
import type { ReadyRule } from '../rules/prepareRules.ts';
import { prepareRules } from '../rules/prepareRules.ts';
import { TargetSettingsError } from '../errors.ts';
import { checkFit, lookForFit } from '../fit/checkFit.ts';
import { aroundRules } from '../fit/aroundRules.ts';
import { originsIn } from '../pack/origins.ts';
import { rulesOf } from '../pack/rulePack.ts';
import type { RulePack } from '../pack/rulePack.ts';
import type { Arrived, RuleResult } from '../ruleResult.ts';
import { cannotTravel, speakExactly } from './exactValues.ts';
import { checkReadable } from './checkReadable.ts';
import { contentOf, decimalsOf, pagesOf, ROWS_PER_PAGE, type KeptSelection } from './keptContent.ts';
import { leftRows, type LeftRows } from './leftRows.ts';
import { isKept, plannedOf, type KeepRule, type Planned, type PlannedRows } from './plannedRows.ts';
import { digestRows } from './rowDigest.ts';
import { insertRows, rowsPerInsert, selectKept, sharedColumns, updateKept, type Side } from './targetRows.ts';
import { counted } from '../../counted.ts';

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
  /** What the sandbox had of it when the plan was made: what was not so then is left. Without it, everything is kept. */
  readonly planned?: PlannedRows | undefined;
  /** Told of what was written, before everything of ours is taken out of the copy. */
  readonly beforeDrop?: (results: readonly RuleResult[]) => Promise<void>;
}

type KeepRowsRule = Extract<KeepRule, { action: 'keep-rows' }>;
type KeepColumnsRule = Extract<KeepRule, { action: 'keep-columns' }>;

/**
 * Reads what is kept from the target and writes it to the copy, row by row through memory: it is neither stored nor logged.
 * Safe to repeat: what an earlier attempt wrote is replaced.
 * @throws MandatoryTableMissingError, ColumnMismatchError, RulesDoNotFitError when the rules fit one of the two databases no longer.
 * @throws TargetSettingsError when the copy does not hold afterwards what was read.
 */
export async function applyTargetSettings(context: TargetSettingsContext): Promise<readonly RuleResult[]> {
  const { copy, packs } = context;
  // From here on nothing of the sanitization is done again. An earlier attempt of this may have left something at rest.
  await dropNotes(copy);
  const rules = rulesOf(packs).filter(isKept);
  const results = rules.length === 0 ? [] : await applyRules(context, rules);
  await context.beforeDrop?.(results);
  await dropLedger(copy);
  return results;
}

async function applyRules(
  { target, copy, packs, sandbox, planned, log, signal, batchRows = ROWS_PER_PAGE }: TargetSettingsContext,
  rules: readonly KeepRule[],
): Promise<readonly RuleResult[]> {
  await speakExactly(target);
  await speakExactly(copy);
  const originOf = originsIn(packs);
  const inCopy = await prepareRules(copy, rules, sandbox, originOf);
  const inTarget = await prepareRules(target, rules, sandbox, originOf);
  const options = { administrator: sandbox.administrator };
  const fit = await lookForFit(copy, inCopy, options);
  await checkFit(copy, fit, originOf);
  const facts = await checkReadable(target, copy, [...inTarget.rules, ...inCopy.rules], originOf);

  const results: RuleResult[] = [];
  const places = fit.rules.flatMap((each) => (each.kind === 'ready' ? [each.place] : []));
  await restTables(copy, places);
  await aroundRules(copy, fit.handlings, async () => {
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
      const from = { scope: { dialect: target.dialect, catalogue: inTarget.catalogue, administrator, ...there.place } };
      const to = { scope: { dialect: copy.dialect, catalogue: inCopy.catalogue, administrator, ...here.place } };
      const passage: Passage = {
        target: { session: target, ...from, columns: facts.ofTarget(there.place) },
        copy: { session: copy, ...to, columns: facts.ofCopy(here.place) },
        planned: plannedOf(planned, rule, there.table),
        ...{ signal, batchRows },
      };
      for (const [column, { type }] of notKept(rule, passage))
        log?.(
          `${ruleId} (${table}): ${column}, of ${type === '' ? 'a CLR type' : `the type ${type}`}, cannot be kept from the target`,
        );
      const { rows, arrived, left } =
        rule.action === 'keep-rows' ? await keepRows(rule, here, passage) : await keepColumns(rule, here, passage);
      results.push({ ruleId, table, rows, arrived, ...(left.rows > 0 ? { left: left.rows } : {}) });
      if (left.rows > 0) log?.(`${ruleId} (${table}): ${left.said}`);
      log?.(`${ruleId} (${table}): ${counted(rows, 'row')} kept from the target`);
    }
  });
  await wakeTables(copy, places);
  return results;
}

interface Passage {
  readonly target: Side & { readonly session: ReadSession };
  readonly copy: Side & { readonly session: Session };
  readonly planned: Planned;
  readonly signal: AbortSignal | undefined;
  readonly batchRows: number;
}

interface Kept {
  readonly rows: number;
  readonly arrived: Arrived;
  readonly left: LeftRows;
}

function notKept(rule: KeepRule, { target }: Passage) {
  const isMeant = (column: string) => rule.action === 'keep-rows' || rule.columns.includes(column);
  return [...target.columns].filter(([column, facts]) => isMeant(column) && cannotTravel(facts));
}

async function keepRows(rule: KeepRowsRule, { table }: ReadyRule, passage: Passage): Promise<Kept> {
  const { target, copy, planned, signal, batchRows } = passage;
  const columns = sharedColumns(target, copy);
  const left = leftRows();
  await copy.session.execute(changeAll({ rules: [rule], ...copy.scope }));

  const selection: KeptSelection = { columns, key: rule.key, where: rule.where ?? [], signal, batchRows };
  const read = digestRows(columns, decimalsOf(copy, columns));
  for await (const page of pagesOf(target, { ...selection, columns: columnsToRead(columns, passage) })) {
    const own = left.without(page, planned);
    const step = rowsPerInsert(columns.length);
    for (let first = 0; first < own.length; first += step) {
      await copy.session.execute(insertRows(copy, columns, own.slice(first, first + step)));
    }
    own.forEach(read.add);
  }
  // The target is in use, so a second look there could differ; what was read must have arrived.
  const { rows, content } = await contentOf(copy, selection);
  if (content !== read.content) throw new TargetSettingsError(rule.id, table, read.rows, rows);
  return { rows, arrived: { columns, content, rows }, left };
}

/** With what tells whether a row was planned, and by which number it is listed if it was not. */
const columnsToRead = (columns: readonly string[], { target, planned }: Passage): readonly string[] => [
  ...new Set([...columns, ...[...planned.columns, 'RECID'].filter((column) => target.columns.has(column))]),
];

async function keepColumns(rule: KeepColumnsRule, { table }: ReadyRule, passage: Passage): Promise<Kept> {
  const { target, copy, planned, signal, batchRows } = passage;
  const where = rule.where ?? [];
  const left = leftRows();
  const unkept = new Set(notKept(rule, passage).map(([column]) => column));
  const columns = rule.columns.filter((column) => !unkept.has(column));
  const whole: KeptSelection = { columns: [rule.key, ...columns], key: rule.key, where, signal, batchRows };
  const given = { ...whole, where: [...where, ...(rule.whereInTarget ?? [])] };
  const selection: KeptSelection = { ...given, columns: columnsToRead(whole.columns, passage) };
  const decimals = decimalsOf(copy, columns);
  let kept = 0;
  if (columns.length > 0) {
    for await (const page of pagesOf(target, selection)) {
      for (const row of left.without(page, planned)) {
        const change = { columns, key: rule.key, where, row };
        await copy.session.execute(updateKept(copy, change));
        const arrived = await copy.session.select(selectKept(copy, change));
        const [wanted, found] = [digestRows(columns, decimals), digestRows(columns, decimals)];
        for (const each of arrived) {
          wanted.add(row);
          found.add(each);
        }
        if (wanted.content !== found.content)
          throw new TargetSettingsError(rule.id, table, arrived.length, arrived.length);
        if (arrived.length > 0) kept += 1;
      }
    }
  }
  const { rows, content } = await contentOf(copy, whole);
  return { rows: kept, arrived: { columns: whole.columns, content, rows }, left };
}
