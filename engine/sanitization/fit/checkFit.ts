import { PostgresRefusedError } from '../../databases/postgres/refusal.ts';
import { isStatementRefused } from '../../databases/sqlServer/faults.ts';
import type { ReadSession } from '../../environments/provider.ts';
import { RulesDoNotFitError } from '../errors.ts';
import type { OriginOf } from '../pack/packProblems.ts';
import { columnsOf } from '../pack/ruleColumns.ts';
import { countRows, type PreparedRules } from '../rules/prepareRules.ts';
import type { Fit, FitQuestion, FitScope, Refusal } from './fit.ts';
import { fitOf } from './fitOf.ts';
import { readObstacles } from './readObstacles.ts';

/** Looks at everything that may stand in the way of these rules. Changes nothing. */
export async function lookForFit(
  session: ReadSession,
  { rules, catalogue }: PreparedRules,
  { administrator, trial }: Pick<FitScope, 'administrator' | 'trial'>,
): Promise<Fit> {
  const names = rules.flatMap(({ rule }) => [rule.table, ...columnsOf(rule).map(({ table }) => table)]);
  const obstacles = await readObstacles(session, names);
  return fitOf(rules, obstacles, { dialect: session.dialect, catalogue, administrator, trial });
}

/** Everything that does not fit: by the catalogue, and by the rows, as far as they can be asked without masks. */
export async function findRefusals(session: ReadSession, { refusals, questions }: Fit): Promise<readonly Refusal[]> {
  // What the catalogue refuses could not even be asked of the rows.
  const askable = questions.filter(
    ({ ruleId, needsMasks }) => !needsMasks && !refusals.some((each) => each.ruleId === ruleId),
  );
  return [...refusals, ...(await ask(session, askable))];
}

/** What does not fit once values are made up; masks have been set up for the session. */
export const findMaskedRefusals = (session: ReadSession, { questions }: Fit): Promise<readonly Refusal[]> =>
  ask(
    session,
    questions.filter(({ needsMasks }) => needsMasks),
  );

async function ask(session: ReadSession, questions: readonly FitQuestion[]): Promise<readonly Refusal[]> {
  const answers: Refusal[] = [];
  for (const { ruleId, what, why, remedy, count, whenUnanswerable } of questions) {
    const refusal = { ruleId, what, why, remedy };
    try {
      if ((await countRows(session, count)) > 0) answers.push(refusal);
    } catch (error) {
      if (whenUnanswerable === undefined || !isUnanswerable(error)) throw error;
      answers.push({ ...refusal, ...whenUnanswerable });
    }
  }
  return answers;
}

/** The server has answered, and what it refuses is the expression: a conversion, a division, a function that raises. */
const isUnanswerable = (error: unknown): boolean =>
  isStatementRefused(error) || (error instanceof PostgresRefusedError && /^(2[12]|38|39|42|P0)/.test(error.sqlState));

/** @throws RulesDoNotFitError with everything that does not fit, when something does not. */
export async function checkFit(session: ReadSession, fit: Fit, originOf?: OriginOf): Promise<void> {
  const all = await findRefusals(session, fit);
  if (all.length > 0) throw new RulesDoNotFitError(all, originOf);
}
