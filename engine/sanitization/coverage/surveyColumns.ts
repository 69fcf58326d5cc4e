import type { DatabaseRole } from '../../contracts.ts';
import type { ReadSession } from '../../environments/provider.ts';
import type { RulePack } from '../pack/rulePack.ts';
import type { Scope } from '../rules/conditions.ts';
import type { Baseline } from './baseline.ts';
import { classify, isUndecided } from './classify.ts';
import type { ColumnFact } from './columnFacts.ts';
import { suspectContent } from './content/suspectContent.ts';
import type { Coverage } from './coverage.ts';
import type { ByContent } from './findings.ts';
import { readColumns } from './readColumns.ts';
import { canBeSampled, readSamples, type SampleSize } from './readSamples.ts';
import { readRests } from './rests.ts';
import { rulingsOf } from './rulings.ts';

export interface SurveyContext {
  readonly session: ReadSession;
  /** As `selectPacks` orders them. */
  readonly packs: readonly RulePack[];
  readonly administrator: Scope['administrator'];
  /** Whose rules count: the application database's, where nothing is said. */
  readonly role?: DatabaseRole;
  readonly baseline?: Baseline;
  readonly size?: SampleSize;
  /** Once it is not, the values of no further table are looked at: its columns are told by name alone. */
  readonly isTimeLeft?: () => boolean;
  /** Tables looked at, of all that are. */
  readonly progress?: (done: number, of: number) => void;
}

/**
 * Looks at every column of a database, and at values of those about which the packs have not decided, table by table. Changes
 * nothing; values are forgotten as soon as their table is looked at.
 */
export async function surveyColumns(context: SurveyContext): Promise<Coverage> {
  const { session, packs, administrator, role, baseline, size, progress, isTimeLeft = () => true } = context;
  const facts = await readColumns(session);
  const rulings = rulingsOf(packs, session.dialect, facts, role);
  const undecided = facts.filter((fact) => canBeSampled(fact) && isUndecided(fact, rulings.of(fact)));
  const restOf = await readRests(session, undecided, rulings, administrator);
  const tables = [...Map.groupBy(undecided, ({ schema, table }) => JSON.stringify([schema, table])).values()];
  const seen = new Map<ColumnFact, readonly ByContent[]>();
  for (const [index, columns] of tables.entries()) {
    if (!isTimeLeft()) break;
    for (const { rest, of } of restOf(columns)) {
      for (const [fact, values] of await readSamples(session, of, { size, rest }))
        seen.set(fact, suspectContent(values));
    }
    progress?.(index + 1, tables.length);
  }
  return { ...classify(facts, seen, { rulings, baseline }), unlooked: undecided.length - seen.size };
}
