import type { Sandbox } from '../contracts.ts';
import type { Session } from '../environments/provider.ts';
import type { CompiledRule } from './rules/compileRule.ts';
import { BATCH_ROWS, carryOut } from './rules/carryOut.ts';
import { ReferenceRowError } from './errors.ts';
import { checkFit, lookForFit } from './fit/checkFit.ts';
import { whileResting } from './fit/rest.ts';
import { randomKey, type MaskKey } from './masks/maskKey.ts';
import { setUpMasks, tearDownMasks } from './masks/setUpMasks.ts';
import { kindsOf } from './pack/ruleColumns.ts';
import { checkPostCondition } from './rules/postConditions.ts';
import { countRows, prepareRules } from './rules/prepareRules.ts';
import type { PreparedRule, SkipReason } from './rules/prepareRules.ts';
import { rulesOf } from './pack/rulePack.ts';
import type { Rule, RulePack } from './pack/rulePack.ts';

export interface SanitizeContext {
  /** To the application database of the copy. */
  readonly session: Session;
  /** As `selectPacks` orders them. */
  readonly packs: readonly RulePack[];
  readonly sandbox: Pick<Sandbox, 'administrator'>;
  readonly signal?: AbortSignal;
  readonly progress?: (percent: number, detail: string) => void;
  readonly log?: (text: string) => void;
  readonly batchRows?: number;
  /** The key of masks where the copy has none yet: by default one of this run alone. */
  readonly maskKey?: () => MaskKey;
}

/** No value of the database: rule, table and number only. */
export interface RuleResult {
  readonly ruleId: string;
  /** With its schema where that is not the usual one. */
  readonly table: string;
  readonly rows: number;
  readonly skipped?: SkipReason;
  /** What was kept from the target, to be found again by the proof. It stays in memory: a short value could be guessed from it. */
  readonly arrived?: Arrived;
}

export interface Arrived {
  readonly columns: readonly string[];
  readonly content: string;
  readonly rows: number;
}

/**
 * Carries out all rules, in batches that each leave the rows they changed out of the next one; safe to repeat at any time.
 * Nothing is changed unless every rule fits the database.
 * @throws MandatoryTableMissingError, ColumnMismatchError, ReferenceRowError, RulesDoNotFitError before the first change.
 * @throws PostConditionError after the rule whose result is not as it says.
 */
export async function sanitize(context: SanitizeContext): Promise<readonly RuleResult[]> {
  const { session, packs, sandbox, log, batchRows = BATCH_ROWS } = context;
  const prepared = await prepareRules(session, rulesOf(packs), sandbox, batchRows);
  for (const each of prepared.rules) {
    if (each.kind === 'ready') await checkReferences(session, each.rule, each.compiled);
  }
  const fit = await lookForFit(session, prepared, { administrator: sandbox.administrator, batchRows });
  await checkFit(session, fit);
  for (const remark of fit.remarks) log?.(remark);
  return whileResting(session, fit.handlings, () => carryOutAll(context, fit.rules));
}

async function carryOutAll(context: SanitizeContext, rules: readonly PreparedRule[]): Promise<readonly RuleResult[]> {
  const { session, signal, progress, log, batchRows = BATCH_ROWS, maskKey = randomKey } = context;
  const kinds = kindsOf(rules.filter(({ kind }) => kind === 'ready').map(({ rule }) => rule));
  if (kinds.length > 0) await setUpMasks(session, kinds, maskKey());

  const results: RuleResult[] = [];
  for (const [index, each] of rules.entries()) {
    const { rule, table } = each;
    if (each.kind === 'skipped') {
      results.push({ ruleId: rule.id, table, rows: 0, skipped: each.why });
      log?.(`${rule.id} (${table}): skipped, ${each.why}`);
      continue;
    }
    if (each.lacking.length > 0) log?.(`${rule.id} (${table}): without ${each.lacking.join(', ')}, no such column`);
    const rows = await carryOut(each.compiled, {
      session,
      signal,
      batchRows,
      progress: (share) => {
        progress?.(
          ((index + share) / rules.length) * 100,
          `rule ${String(index + 1)} of ${String(rules.length)}: ${table}`,
        );
      },
    });
    await checkPostCondition(session, each);
    results.push({ ruleId: rule.id, table, rows });
    // In parentheses: “smtp-password: NAME” would lose its name to the scrubber.
    log?.(`${rule.id} (${table}): ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`);
  }
  // Every post-condition has held: nobody needs the key any more, and nobody can ask it who somebody was.
  if (kinds.length > 0) await tearDownMasks(session);
  return results;
}

async function checkReferences(session: Session, rule: Rule, { references }: CompiledRule): Promise<void> {
  for (const { name, count } of references) {
    const rows = await countRows(session, count);
    if (rows !== 1) throw new ReferenceRowError(rule.id, name, rows);
  }
}
