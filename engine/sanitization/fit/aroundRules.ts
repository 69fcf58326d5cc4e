import type { Session } from '../../environments/provider.ts';
import type { Handling } from './fit.ts';
import { handlingStatements } from './handlingStatements.ts';

/**
 * Ends what would keep old values, does `work`, then makes anew what is derived from rows: of rows that do not stay there is
 * nothing to make, so not when `work` fails.
 */
export async function aroundRules<Result>(
  session: Session,
  handlings: readonly Handling[],
  work: () => Promise<Result>,
): Promise<Result> {
  const statements = handlings.map((each) => handlingStatements(session.dialect, each));
  for (const statement of statements.flatMap(({ before }) => before)) await session.execute(statement);
  const result = await work();
  for (const statement of statements.flatMap(({ after }) => after)) await session.execute(statement);
  return result;
}
