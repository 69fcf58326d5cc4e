import type { ReadSession } from '../../environments/provider.ts';
import { RulesDoNotFitError } from '../errors.ts';
import { columnsOf } from '../pack/ruleColumns.ts';
import { countRows, type PreparedRules } from '../rules/prepareRules.ts';
import type { Scope } from '../rules/conditions.ts';
import type { Fit, Refusal } from './fit.ts';
import { fitOf } from './fitOf.ts';
import { readObstacles } from './readObstacles.ts';

/** Looks at everything that may stand in the way of these rules. Changes nothing. */
export async function lookForFit(
  session: ReadSession,
  { rules, catalogue }: PreparedRules,
  { administrator }: Pick<Scope, 'administrator'>,
): Promise<Fit> {
  const names = rules.flatMap(({ rule }) => [rule.table, ...columnsOf(rule).map(({ table }) => table)]);
  const obstacles = await readObstacles(session, names);
  return fitOf(rules, obstacles, { dialect: session.dialect, catalogue, administrator });
}

/** Everything that does not fit: by the catalogue, and by the rows. */
export async function findRefusals(session: ReadSession, { refusals, questions }: Fit): Promise<readonly Refusal[]> {
  const answers: Refusal[] = [];
  // What the catalogue refuses could not even be asked of the rows.
  const askable = questions.filter(({ ruleId }) => !refusals.some((each) => each.ruleId === ruleId));
  for (const { count, ...refusal } of askable) {
    if ((await countRows(session, count)) > 0) answers.push(refusal);
  }
  return [...refusals, ...answers];
}

/** @throws RulesDoNotFitError with everything that does not fit, when something does not. */
export async function checkFit(session: ReadSession, fit: Fit): Promise<void> {
  const all = await findRefusals(session, fit);
  if (all.length > 0) throw new RulesDoNotFitError(all);
}
