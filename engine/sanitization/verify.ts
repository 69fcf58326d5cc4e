import type { Sandbox } from '../contracts.ts';
import type { ReadSession } from '../environments/provider.ts';
import { isKept } from './target/applyTargetSettings.ts';
import { BATCH_ROWS } from './rules/carryOut.ts';
import type { CompiledRule } from './rules/compileRule.ts';
import { findOffendingRows } from './rules/postConditions.ts';
import type { PostConditionFinding } from './rules/postConditions.ts';
import { countRows, prepareRules } from './rules/prepareRules.ts';
import type { SkipReason } from './rules/prepareRules.ts';
import { rulesOf } from './pack/rulePack.ts';
import type { RulePack } from './pack/rulePack.ts';
import type { RuleResult } from './sanitize.ts';

export interface RuleVerdict extends PostConditionFinding {
  readonly ruleId: string;
  readonly table: string;
  readonly skipped?: SkipReason;
}

export interface VerifyContext {
  /** Not the session that sanitized. */
  readonly session: ReadSession;
  readonly packs: readonly RulePack[];
  readonly sandbox: Pick<Sandbox, 'administrator'>;
  /**
   * What `applyTargetSettings` wrote. Without it, rules that keep data of the target say that nothing of the source's is
   * there; with it, that exactly as many rows are there as were kept.
   */
  readonly kept?: readonly RuleResult[];
}

/**
 * Looks at every post-condition, also of rules that ran long ago. Changes nothing.
 * @throws MandatoryTableMissingError, ColumnMismatchError when the rules do not fit the database (any more).
 */
export async function verifySanitization(context: VerifyContext): Promise<readonly RuleVerdict[]> {
  const { session, packs, sandbox, kept } = context;
  const { rules } = await prepareRules(session, rulesOf(packs), sandbox, BATCH_ROWS);
  const verdicts: RuleVerdict[] = [];
  for (const each of rules) {
    const { table } = each;
    const { id: ruleId, action } = each.rule;
    if (each.kind === 'skipped') {
      verdicts.push({ ruleId, table, passed: true, offendingRows: 0, skipped: each.why });
    } else if (kept === undefined || !isKept(each.rule)) {
      const { passed, offendingRows } = await findOffendingRows(session, each.compiled);
      const isReferenced = await findsReferences(session, each.compiled);
      verdicts.push({ ruleId, table, passed: passed && isReferenced, offendingRows });
    } else if (action === 'keep-rows') {
      const written = kept.find((result) => result.ruleId === ruleId && result.table === table)?.rows ?? 0;
      const offendingRows = Math.abs((await countRows(session, each.compiled.pending)) - written);
      verdicts.push({ ruleId, table, passed: offendingRows === 0, offendingRows });
    }
    // Kept columns were compared with the target's when they were written; here there is nothing to compare them with.
  }
  return verdicts;
}

async function findsReferences(session: ReadSession, { references }: CompiledRule): Promise<boolean> {
  for (const { count } of references) {
    if ((await countRows(session, count)) !== 1) return false;
  }
  return true;
}
