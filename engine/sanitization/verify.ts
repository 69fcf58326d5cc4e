import type { DatabaseRole, Sandbox } from '../contracts.ts';
import type { ReadSession } from '../environments/provider.ts';
import { LedgerLeftError, NoRulesError, RulesDoNotFitError } from './errors.ts';
import { lookForFit } from './fit/checkFit.ts';
import { nameOf } from './fit/obstacles.ts';
import { isLedgerLeft } from './passes/ledger.ts';
import { proveTable } from './passes/proveTable.ts';
import type { PostConditionFinding } from './passes/proveTable.ts';
import { isKept } from './target/plannedRows.ts';
import { speakExactly } from './target/exactValues.ts';
import { countUnlikeKept } from './target/verifyKept.ts';
import type { CompiledRule } from './rules/compileRule.ts';
import { countRows, prepareRules } from './rules/prepareRules.ts';
import type { PreparedRule, ReadyRule, SkipReason } from './rules/prepareRules.ts';
import { originsIn } from './pack/origins.ts';
import type { OriginOf } from './pack/packProblems.ts';
import { databaseOf, rulesOf } from './pack/rulePack.ts';
import type { Rule, RulePack } from './pack/rulePack.ts';
import { withoutWritten } from './profile/exempt.ts';
import type { Written } from './profile/part.ts';
import type { RuleResult } from './ruleResult.ts';

export interface RuleVerdict extends PostConditionFinding {
  readonly ruleId: string;
  readonly database: DatabaseRole;
  readonly table: string;
  readonly skipped?: SkipReason;
}

export interface VerifyContext {
  /** To the application database; not the session that sanitized. */
  readonly session: ReadSession;
  /** Without it, rules for the Financial Reporting database are proved by somebody else. */
  readonly financialReporting?: ReadSession | undefined;
  readonly packs: readonly RulePack[];
  readonly sandbox: Pick<Sandbox, 'administrator'>;
  /**
   * What `applyTargetSettings` wrote. Without it, rules that keep data of the target say that nothing of the source's is
   * there; with it, that exactly what was kept is there.
   */
  readonly kept?: readonly RuleResult[];
  /** What the profile has written since the rules ran: its own proof is about these rows. */
  readonly written?: readonly Written[];
  /** Behind the switch what was kept is people’s own again and may have changed: the rules that keep it prove nothing there. */
  readonly isSwitched?: boolean;
}

/**
 * Looks at every post-condition, also of rules that ran long ago. Changes nothing.
 * @throws MandatoryTableMissingError, ColumnMismatchError when the rules do not fit the database (any more).
 * @throws LedgerLeftError when what sanitization remembers is still there although the target's settings were written.
 * @throws RulesDoNotFitError when a policy hides rows from this session: what it does not see it cannot prove.
 */
export async function verifySanitization(context: VerifyContext): Promise<readonly RuleVerdict[]> {
  const { session, financialReporting, packs, isSwitched = false } = context;
  const verdicts: RuleVerdict[] = [];
  for (const [role, each] of [
    ['application', session],
    ['financialReporting', financialReporting],
  ] as const) {
    const rules = rulesOf(packs, role).filter((rule) => !isSwitched || !isKept(rule));
    if (each !== undefined && rules.length > 0) verdicts.push(...(await verifyDatabase(each, rules, context)));
  }
  if (verdicts.length === 0) throw new NoRulesError();
  return verdicts;
}

async function verifyDatabase(
  session: ReadSession,
  rulesHere: readonly Rule[],
  { sandbox, isSwitched = false, written = [], ...context }: VerifyContext,
): Promise<readonly RuleVerdict[]> {
  const kept = isSwitched ? [] : context.kept;
  const originOf = originsIn(context.packs);
  const prepared = await prepareRules(session, rulesHere, sandbox, originOf);
  const { administrator } = sandbox;
  const { rules, hidden, catalogue } = await lookForFit(session, prepared, { administrator });
  checkVisible(rules, new Set(hidden.map(nameOf)), originOf);
  await speakExactly(session);
  const scope = { dialect: session.dialect, catalogue, administrator };
  if (kept !== undefined && (await isLedgerLeft(session))) throw new LedgerLeftError();
  const isProved = (each: PreparedRule): each is ReadyRule =>
    each.kind === 'ready' && (kept === undefined || !isKept(each.rule));
  const findings = new Map<PreparedRule, PostConditionFinding>();
  for (const [, own] of Map.groupBy(rules.filter(isProved), ({ place }) => nameOf(place))) {
    const [first] = own;
    if (first === undefined) continue;
    const found = await proveTable(
      session,
      scope,
      first.place,
      own.map(({ rule }) => rule),
    );
    for (const [index, each] of own.entries()) {
      const finding = found[index] ?? { passed: false, offendingRows: 0 };
      findings.set(each, await withoutWritten(session, scope, each, finding, written));
    }
  }

  const verdicts: RuleVerdict[] = [];
  for (const each of rules) {
    const { table } = each;
    const { id: ruleId } = each.rule;
    const named = { ruleId, table, database: databaseOf(each.rule) };
    const finding = findings.get(each);
    if (each.kind === 'skipped') {
      verdicts.push({ ...named, passed: true, offendingRows: 0, skipped: each.why });
    } else if (finding !== undefined) {
      const isReferenced = await findsReferences(session, each.compiled);
      verdicts.push({ ...finding, ...named, passed: finding.passed && isReferenced });
    } else if (kept !== undefined && isKept(each.rule)) {
      const written = kept.find((result) => result.ruleId === ruleId && result.table === table);
      const offendingRows = await countUnlikeKept({ session, scope: { ...scope, ...each.place } }, each.rule, written);
      verdicts.push({ ...named, passed: offendingRows === 0, offendingRows });
    }
  }
  return verdicts;
}

function checkVisible(rules: readonly PreparedRule[], hidden: ReadonlySet<string>, originOf: OriginOf): void {
  const refusals = rules.flatMap((each) => {
    if (each.kind === 'skipped' || !hidden.has(nameOf(each.place))) return [];
    const what = nameOf(each.place);
    return [
      { ruleId: each.rule.id, what, why: 'hides rows by a policy', remedy: 'exempt this account from the policy' },
    ];
  });
  if (refusals.length > 0) throw new RulesDoNotFitError(refusals, originOf);
}

async function findsReferences(session: ReadSession, { references }: CompiledRule): Promise<boolean> {
  for (const { count } of references) {
    if ((await countRows(session, count)) !== 1) return false;
  }
  return true;
}
