import type { Instant, Sandbox } from '../contracts.ts';
import type { Session } from '../environments/provider.ts';
import { ReferenceRowError } from './errors.ts';
import { aroundRules } from './fit/aroundRules.ts';
import { lookForFit, findRefusals } from './fit/checkFit.ts';
import type { Fit, Refusal } from './fit/fit.ts';
import { handlingStatements } from './fit/handlingStatements.ts';
import type { ColumnMask } from './masks/maskExpression.ts';
import type { MaskKey } from './masks/maskKey.ts';
import { setUpMasks } from './masks/setUpMasks.ts';
import type { OriginOf } from './pack/packProblems.ts';
import type { Rule } from './pack/rulePack.ts';
import { carryOutRules, type EarlierAttempts } from './passes/carryOutRules.ts';
import type { Sizes } from './passes/chooseMethod.ts';
import { nameOf } from './passes/facts/tableFacts.ts';
import { hasLedger } from './passes/ledger.ts';
import { wakeLeftovers } from './passes/rest/restTables.ts';
import { FOREIGN_KEY } from './passes/rest/resting.ts';
import type { RuleScope } from './passes/statements.ts';
import { masksIn } from './rules/masksIn.ts';
import { countRows, prepareRules, type PreparedRule, type ReadyRule } from './rules/prepareRules.ts';
import type { RuleResult } from './ruleResult.ts';
import { counted } from '../counted.ts';

/** Sessions to one database of the copy. */
export interface CopySessions {
  readonly session: Session;
  /** Another one, so that two large tables are worked on side by side. */
  readonly open?: (() => Promise<Session>) | undefined;
}

interface DatabaseContext extends CopySessions {
  /** Where rules stand, for what is said of them. */
  readonly originOf: OriginOf;
  readonly sandbox: Pick<Sandbox, 'administrator'>;
  readonly log?: ((text: string) => void) | undefined;
}

/** One database and its rules, tried on everything that stands in it. */
export interface FittedDatabase {
  readonly sessions: CopySessions;
  readonly fit: Fit;
  readonly scope: RuleScope;
  readonly masks: readonly ColumnMask[];
  /** With one of them nothing may be changed, here or in the other database. */
  readonly refusals: readonly Refusal[];
}

/** @throws MandatoryTableMissingError, ColumnMismatchError, ReferenceRowError; nothing has been changed. */
export async function fitDatabase(rules: readonly Rule[], context: DatabaseContext): Promise<FittedDatabase> {
  const { session, open, sandbox, log, originOf } = context;
  const prepared = await prepareRules(session, rules, sandbox, originOf);
  for (const each of prepared.rules) {
    if (each.kind === 'ready') await checkReferences(session, each, originOf);
  }
  if (await hasLedger(session)) await wakeLeftovers(session);
  const { administrator } = sandbox;
  const fit = await lookForFit(session, prepared, { administrator });
  const refusals = await findRefusals(session, fit);
  if (refusals.length === 0) for (const remark of fit.remarks) log?.(remark);
  const scope = { dialect: session.dialect, catalogue: fit.catalogue, administrator };
  return { sessions: { session, open }, fit, scope, masks: masksIn(fit.rules, scope), refusals };
}

interface Execution extends DatabaseContext {
  readonly key: MaskKey | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly now?: (() => Instant) | undefined;
  readonly progress?: ((percent: number, detail: string) => void) | undefined;
  readonly sizes?: Sizes | undefined;
}

/** @throws PostConditionError for the first rule of a table whose result is not as it says. */
export async function carryOut(database: FittedDatabase, context: Execution): Promise<readonly RuleResult[]> {
  // Statistics are made anew table by table.
  const others = database.fit.handlings.filter(({ kind }) => kind !== 'statistics-rebuilt');
  return aroundRules(context.session, others, () => carryOutAll(database, context));
}

async function carryOutAll(
  { fit: { rules, handlings, restingKeys }, scope, masks }: FittedDatabase,
  context: Execution,
): Promise<readonly RuleResult[]> {
  const { session, open, log, key } = context;
  const isMasking = masks.length > 0 && key !== undefined;
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
        open === undefined || !isMasking
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
      done(pass, { rows, isEstimate }, by) {
        for (const each of rules) {
          if (each.kind === 'skipped' || !pass.rules.includes(each.rule) || nameOf(each.place) !== nameOf(pass))
            continue;
          const { rule, table } = each;
          const result: RuleResult = {
            ...{ ruleId: rule.id, table, rows: rows[rule.id] ?? 0 },
            ...(isEstimate ? { isEstimate } : {}),
            ...(by === undefined ? {} : { by }),
          };
          results.set(each, result);
          // In parentheses: “smtp-password: NAME” would lose its name to the scrubber.
          log?.(`${rule.id} (${table}): ${rowsOf(result)}`);
        }
      },
    },
  );
  return rules.map((each) => {
    const { rule, table } = each;
    if (each.kind === 'skipped') return { ruleId: rule.id, table, rows: 0, skipped: each.why };
    return results.get(each) ?? { ruleId: rule.id, table, rows: 0 };
  });
}

const rowsOf = ({ rows, isEstimate, by }: RuleResult): string =>
  `${isEstimate ? 'about ' : ''}${counted(rows, 'row')}${by === undefined ? '' : ATTEMPTS[by]}`;

const ATTEMPTS: Readonly<Record<EarlierAttempts, string>> = {
  earlier: ', by an earlier attempt',
  several: ', by several attempts',
};

async function checkReferences(session: Session, { rule, compiled }: ReadyRule, originOf: OriginOf): Promise<void> {
  for (const { name, count } of compiled.references) {
    const rows = await countRows(session, count);
    if (rows !== 1) throw new ReferenceRowError(rule.id, name, rows, originOf);
  }
}
