import type { Instant, Sandbox } from '../contracts.ts';
import type { Session } from '../environments/provider.ts';
import type { CompiledRule } from './rules/compileRule.ts';
import { ReferenceRowError } from './errors.ts';
import { checkFit, lookForFit } from './fit/checkFit.ts';
import type { Fit } from './fit/fit.ts';
import { handlingStatements } from './fit/handlingStatements.ts';
import { aroundRules } from './fit/aroundRules.ts';
import { randomKey, type MaskKey } from './masks/maskKey.ts';
import { setUpMasks, tearDownMasks } from './masks/setUpMasks.ts';
import { carryOutRules } from './passes/carryOutRules.ts';
import type { Sizes } from './passes/chooseMethod.ts';
import { hasLedger } from './passes/ledger.ts';
import { wakeLeftovers } from './passes/rest/restTables.ts';
import { FOREIGN_KEY } from './passes/rest/resting.ts';
import type { RuleScope } from './passes/statements.ts';
import { nameOf } from './passes/facts/tableFacts.ts';
import { masksIn } from './rules/masksIn.ts';
import { countRows, prepareRules } from './rules/prepareRules.ts';
import type { PreparedRule, SkipReason } from './rules/prepareRules.ts';
import { rulesOf } from './pack/rulePack.ts';
import type { Rule, RulePack } from './pack/rulePack.ts';

export interface SanitizeContext {
  /** To the application database of the copy. */
  readonly session: Session;
  /** Another one, so that two large tables are worked on side by side. */
  readonly open?: () => Promise<Session>;
  /** As `selectPacks` orders them. */
  readonly packs: readonly RulePack[];
  readonly sandbox: Pick<Sandbox, 'administrator'>;
  readonly signal?: AbortSignal;
  /** Without it nothing is said of the time that is left. */
  readonly now?: () => Instant;
  readonly progress?: (percent: number, detail: string) => void;
  readonly log?: (text: string) => void;
  readonly sizes?: Sizes;
  /** The key of masks where the copy has none yet: by default one of this run alone. */
  readonly maskKey?: () => MaskKey;
}

/** No value of the database: rule, table and number only. */
export interface RuleResult {
  readonly ruleId: string;
  /** With its schema where that is not the usual one. */
  readonly table: string;
  /** Changed by this attempt or by an earlier one on the same copy. */
  readonly rows: number;
  /** Told from a sample of a large table. */
  readonly isEstimate?: true;
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
 * Carries out all rules; safe to repeat at any time: what is done stands in a ledger in the copy, which goes before the
 * switch. Nothing is changed unless every rule fits the database.
 * @throws MandatoryTableMissingError, ColumnMismatchError, ReferenceRowError, RulesDoNotFitError before the first change.
 * @throws PostConditionError for the first rule of a table whose result is not as it says.
 */
export async function sanitize(context: SanitizeContext): Promise<readonly RuleResult[]> {
  const { session, packs, sandbox, log } = context;
  const prepared = await prepareRules(session, rulesOf(packs), sandbox);
  for (const each of prepared.rules) {
    if (each.kind === 'ready') await checkReferences(session, each.rule, each.compiled);
  }
  if (await hasLedger(session)) await wakeLeftovers(session);
  const { administrator } = sandbox;
  const fit = await lookForFit(session, prepared, { administrator });
  await checkFit(session, fit);
  for (const remark of fit.remarks) log?.(remark);
  const scope = { dialect: session.dialect, catalogue: fit.catalogue, administrator };
  // Statistics are made anew table by table.
  const others = fit.handlings.filter(({ kind }) => kind !== 'statistics-rebuilt');
  return aroundRules(session, others, () => carryOutAll(context, fit, scope));
}

async function carryOutAll(
  context: SanitizeContext,
  { rules, handlings, restingKeys }: Fit,
  scope: RuleScope,
): Promise<readonly RuleResult[]> {
  const { session, open, log, maskKey = randomKey } = context;
  const masks = masksIn(rules, scope);
  const key = masks.length > 0 ? await setUpMasks(session, masks, maskKey()) : undefined;
  for (const each of rules) {
    const about = `${each.rule.id} (${each.table})`;
    if (each.kind === 'skipped') log?.(`${about}: skipped, ${each.why}`);
    else if (each.lacking.length > 0) log?.(`${about}: without ${each.lacking.join(', ')}, no such column`);
  }
  const results = new Map<PreparedRule, RuleResult>();
  await carryOutRules(
    rules.flatMap((each) => (each.kind === 'ready' ? [{ rule: each.rule, ...each.place }] : [])),
    {
      ...context,
      scope,
      // The functions of masks find the key in their session.
      open:
        open === undefined || key === undefined
          ? open
          : async () => {
              const another = await open();
              await setUpMasks(another, masks, key);
              return another;
            },
      keys: restingKeys.map(({ name, from }) => ({ kind: FOREIGN_KEY, ...from, name, state: '' })),
      statisticsOf: (place) =>
        handlings
          .filter((each) => each.kind === 'statistics-rebuilt' && nameOf(each.place) === nameOf(place))
          .flatMap((each) => handlingStatements(session.dialect, each).after),
      done(pass, { rows, isEstimate }) {
        for (const each of rules) {
          if (each.kind === 'skipped' || !pass.rules.includes(each.rule) || nameOf(each.place) !== nameOf(pass))
            continue;
          const { rule, table } = each;
          const result = { ruleId: rule.id, table, rows: rows[rule.id] ?? 0, ...(isEstimate ? { isEstimate } : {}) };
          results.set(each, result);
          // In parentheses: “smtp-password: NAME” would lose its name to the scrubber.
          log?.(`${rule.id} (${table}): ${rowsOf(result)}`);
        }
      },
    },
  );
  // Every post-condition has held: nobody needs the key any more, and nobody can ask it who somebody was.
  if (key !== undefined) await tearDownMasks(session);
  return rules.map((each) => {
    const { rule, table } = each;
    if (each.kind === 'skipped') return { ruleId: rule.id, table, rows: 0, skipped: each.why };
    return results.get(each) ?? { ruleId: rule.id, table, rows: 0 };
  });
}

const rowsOf = ({ rows, isEstimate }: RuleResult): string =>
  `${isEstimate ? 'about ' : ''}${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;

async function checkReferences(session: Session, rule: Rule, { references }: CompiledRule): Promise<void> {
  for (const { name, count } of references) {
    const rows = await countRows(session, count);
    if (rows !== 1) throw new ReferenceRowError(rule.id, name, rows);
  }
}
