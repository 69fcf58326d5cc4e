import { sql } from 'kysely';
import type { ReadSession } from '../environments/provider.ts';
import { offlineBuilder } from '../sql.ts';
import type { Refusal } from './fit/fit.ts';
import { findRefusals, lookForFit } from './fit/checkFit.ts';
import { nameOf } from './fit/obstacles.ts';
import type { Rule, RulePack } from './pack/rulePack.ts';
import { rulesOf } from './pack/rulePack.ts';
import { countAll, type Scope } from './rules/conditions.ts';
import type { CountedRows } from './rules/compileRule.ts';
import { countRows, prepareRules } from './rules/prepareRules.ts';
import type { ReadyRule, SkipReason } from './rules/prepareRules.ts';

/** One rule on one table, as it would find it. */
export interface TriedRule {
  readonly ruleId: string;
  readonly action: Rule['action'];
  /** With its schema where that is not the usual one. */
  readonly table: string;
  /** Rows that the rule would change or delete, by itself; none where it was skipped. */
  readonly rows: number;
  readonly ofRows: number;
  /** Columns that the table lacks and may lack. */
  readonly lacking: readonly string[];
  readonly skipped?: SkipReason;
}

export interface Trial {
  /** In the order of the rules. */
  readonly rules: readonly TriedRule[];
  /** With one of them, nothing would be changed. */
  readonly refusals: readonly Refusal[];
  readonly remarks: readonly string[];
}

/**
 * What a sanitization would do, and whether all its rules fit. Changes nothing: it counts by the conditions of the rules.
 * @throws MandatoryTableMissingError, ColumnMismatchError as a sanitization would.
 */
export async function tryRules(
  session: ReadSession,
  packs: readonly RulePack[],
  administrator: Scope['administrator'],
): Promise<Trial> {
  const prepared = await prepareRules(session, rulesOf(packs), { administrator });
  const fit = await lookForFit(session, prepared, { administrator });
  const sizes = new Map<string, number>();
  const rules: TriedRule[] = [];
  const refusals: Refusal[] = [];
  for (const each of fit.rules) {
    const { rule, table } = each;
    const about = { ruleId: rule.id, action: rule.action, table };
    if (each.kind === 'skipped') {
      rules.push({ ...about, rows: 0, ofRows: 0, lacking: [], skipped: each.why });
      continue;
    }
    const place = nameOf(each.place);
    const ofRows = sizes.get(place) ?? (await countRows(session, allRows(each, session)));
    sizes.set(place, ofRows);
    // Of a table without rows nothing has to be asked.
    const rows = ofRows === 0 ? 0 : await countRows(session, each.compiled.pending);
    rules.push({ ...about, rows, ofRows, lacking: each.lacking });
    refusals.push(...(await missingReferences(session, each)));
  }
  return { rules, refusals: [...(await findRefusals(session, fit)), ...refusals], remarks: fit.remarks };
}

const allRows = ({ place }: ReadyRule, { dialect }: ReadSession) =>
  sql<CountedRows>`select ${countAll[dialect]} as ${sql.id('rows')} from ${sql.id(place.schema, place.table)}`.compile(
    offlineBuilder(dialect),
  );

async function missingReferences(session: ReadSession, { rule, compiled }: ReadyRule): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = [];
  for (const { name, count } of compiled.references) {
    const rows = await countRows(session, count);
    const why = `gives a value by ${String(rows)} rows, where it has to be one`;
    if (rows !== 1)
      refusals.push({ ruleId: rule.id, what: name, why, remedy: 'correct the conditions of the reference' });
  }
  return refusals;
}
