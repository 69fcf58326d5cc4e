import type { DatabaseRole, Instant, Sandbox } from '../contracts.ts';
import { NoRulesError, RulesDoNotFitError } from './errors.ts';
import { randomKey, type MaskKey } from './masks/maskKey.ts';
import { tearDownMasks } from './masks/setUpMasks.ts';
import { originsIn } from './pack/origins.ts';
import { rulesOf, type RulePack } from './pack/rulePack.ts';
import type { Sizes } from './passes/chooseMethod.ts';
import { prepareMasks } from './prepareMasks.ts';
import type { RuleResult } from './ruleResult.ts';
import { carryOut, fitDatabase, type CopySessions, type FittedDatabase } from './sanitizeDatabase.ts';

/** Its own sessions are those to the application database. */
export interface SanitizeContext extends CopySessions {
  /** Without it, rules for the Financial Reporting database are left to somebody else. */
  readonly financialReporting?: CopySessions | undefined;
  /** As `selectPacks` orders them. */
  readonly packs: readonly RulePack[];
  readonly sandbox: Pick<Sandbox, 'administrator'>;
  readonly signal?: AbortSignal;
  /** Without it nothing is said of the time that is left. */
  readonly now?: () => Instant;
  readonly progress?: (percent: number, detail: string) => void;
  readonly log?: (text: string) => void;
  readonly sizes?: Sizes;
  /** Told of each database and the rules that fit it, on every attempt, before one of them changes anything. */
  readonly beforeFirstRule?: (databases: readonly FittedDatabase[]) => Promise<void>;
  /** The key of masks where the copy has none yet: by default one of this run alone. */
  readonly maskKey?: () => MaskKey;
}

/** Reports are few beside what they are made of. */
const PERCENT_OF_APPLICATION = 90;

/**
 * Carries out all rules; safe to repeat at any time: what is done stands in a ledger in each database of the copy, which goes before
 * the switch. Nothing is changed in either unless every rule fits.
 * @throws MandatoryTableMissingError, ColumnMismatchError, ReferenceRowError, RulesDoNotFitError before the first change.
 * @throws PostConditionError for the first rule of a table whose result is not as it says.
 */
export async function sanitize(context: SanitizeContext): Promise<readonly RuleResult[]> {
  const { packs, progress, maskKey = randomKey } = context;
  const databases = databasesOf(context);
  if (databases.length === 0) throw new NoRulesError();
  const originOf = originsIn(packs);
  const fitted: FittedDatabase[] = [];
  for (const [role, sessions] of databases)
    fitted.push(await fitDatabase(rulesOf(packs, role), { ...context, ...sessions, originOf }));
  const refusals = fitted.flatMap((each) => each.refusals);
  if (refusals.length > 0) throw new RulesDoNotFitError(refusals, originOf);
  const masking = fitted.filter(({ masks }) => masks.length > 0);
  const key = await prepareMasks(masking, maskKey, originOf);
  await context.beforeFirstRule?.(fitted);

  const results: RuleResult[] = [];
  for (const [index, each] of fitted.entries()) {
    const from = index === 0 ? 0 : PERCENT_OF_APPLICATION;
    const share =
      fitted.length === 1 ? 1 : index === 0 ? PERCENT_OF_APPLICATION / 100 : 1 - PERCENT_OF_APPLICATION / 100;
    const own = progress && ((percent: number, detail: string) => progress(Math.round(from + percent * share), detail));
    results.push(...(await carryOut(each, { ...context, ...each.sessions, originOf, progress: own, key })));
  }
  // Every post-condition has held: nobody needs the key any more, and nobody can ask it who somebody was.
  for (const { sessions } of masking) await tearDownMasks(sessions.session);
  return results;
}

/** Those for which there are rules. */
function databasesOf({
  session,
  open,
  financialReporting,
  packs,
}: SanitizeContext): readonly (readonly [DatabaseRole, CopySessions])[] {
  const all: readonly (readonly [DatabaseRole, CopySessions])[] = [
    ['application', { session, open }],
    ...(financialReporting === undefined ? [] : [['financialReporting', financialReporting] as const]),
  ];
  return all.filter(([role]) => rulesOf(packs, role).length > 0);
}
