import type { DatabaseRole } from '../contracts.ts';
import type { ReadSession } from '../environments/provider.ts';
import type { Refusal } from './fit/fit.ts';
import { findRefusals, lookForFit } from './fit/checkFit.ts';
import { withHistories } from './fit/fitOf.ts';
import { nameOf } from './fit/obstacles.ts';
import { randomKey, type MaskKey } from './masks/maskKey.ts';
import { originsIn } from './pack/origins.ts';
import type { Rule, RulePack } from './pack/rulePack.ts';
import { rulesOf } from './pack/rulePack.ts';
import { readCounts, type Claim } from './passes/countRules.ts';
import { isPending } from './rules/compileRule.ts';
import type { Scope } from './rules/conditions.ts';
import { countRows, prepareRules } from './rules/prepareRules.ts';
import type { PreparedRules, ReadyRule, SkipReason } from './rules/prepareRules.ts';
import { sampleRule, type SampledValue } from './sampleRule.ts';

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
  /** The first rows that it would change, where it fits; none of rows that are deleted, or changed by a statement of the pack's own. */
  readonly sample: readonly (readonly SampledValue[])[];
  readonly skipped?: SkipReason;
}

export interface Trial {
  /** In the order of the rules. */
  readonly rules: readonly TriedRule[];
  /** With one of them, nothing would be changed. */
  readonly refusals: readonly Refusal[];
  readonly remarks: readonly string[];
}

export interface TrialOptions {
  readonly administrator: Scope['administrator'];
  /** Whose rules are tried. */
  readonly role?: DatabaseRole;
  /** Of made-up values; drawn for this trial, so that nobody can tell a value from what it would become. */
  readonly key?: MaskKey;
}

/**
 * What a sanitization would do to one database, and whether all its rules fit. Changes nothing: it counts by the conditions of the rules,
 * and makes values up in what it reads.
 * @throws MandatoryTableMissingError, ColumnMismatchError as a sanitization would.
 */
export async function tryRules(
  session: ReadSession,
  packs: readonly RulePack[],
  { administrator, role = 'application', key = randomKey() }: TrialOptions,
): Promise<Trial> {
  const prepared = await prepareRules(session, rulesOf(packs, role), { administrator }, originsIn(packs));
  const fit = await lookForFit(session, prepared, { administrator, trial: key });
  const counts = await countRules({ ...prepared, rules: fit.rules }, session, administrator);
  const refusals = [...(await findRefusals(session, fit))];
  for (const each of fit.rules) if (each.kind === 'ready') refusals.push(...(await missingReferences(session, each)));
  const refused = new Set(refusals.map(({ ruleId }) => ruleId));

  const rules: TriedRule[] = [];
  for (const each of fit.rules) {
    const { rule, table } = each;
    const about = { ruleId: rule.id, action: rule.action, table };
    if (each.kind === 'skipped') {
      rules.push({ ...about, rows: 0, ofRows: 0, lacking: [], sample: [], skipped: each.why });
      continue;
    }
    const counted = counts.get(each) ?? { rows: 0, ofRows: 0 };
    const scope: Scope = { dialect: session.dialect, catalogue: fit.catalogue, administrator, ...each.place };
    const sample = counted.rows === 0 || refused.has(rule.id) ? [] : await sampleRule(session, rule, scope, key);
    rules.push({ ...about, ...counted, lacking: each.lacking, sample });
  }
  return { rules, refusals, remarks: fit.remarks };
}

type Counted = Pick<TriedRule, 'rows' | 'ofRows'>;

/** One look at each table, whatever the number of its rules. */
async function countRules(
  { rules, catalogue }: PreparedRules,
  session: ReadSession,
  administrator: Scope['administrator'],
): Promise<ReadonlyMap<ReadyRule, Counted>> {
  const ready = rules.filter((each) => each.kind === 'ready');
  const known = withHistories(catalogue, ready);
  const counted = new Map<ReadyRule, Counted>();
  for (const own of Map.groupBy(ready, ({ place }) => nameOf(place)).values()) {
    const [first] = own;
    if (first === undefined) continue;
    const scope: Scope = { dialect: session.dialect, catalogue: known, administrator, ...first.place };
    const claims = own.map(
      ({ rule }): Claim =>
        (eb) =>
          isPending(eb, rule, scope),
    );
    const { rows: ofRows, counts } = await readCounts(session, scope, claims);
    for (const [index, each] of own.entries()) counted.set(each, { ofRows, rows: counts[index] ?? 0 });
  }
  return counted;
}

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
