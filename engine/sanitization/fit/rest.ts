import type { CompiledQuery } from 'kysely';
import type { Session } from '../../environments/provider.ts';
import type { Handling } from './fit.ts';
import { handlingStatements } from './handlingStatements.ts';

/** Does `work` while everything rests that would undo, keep or hide what it does. Afterwards exactly that is on again which was. */
export async function whileResting<Result>(
  session: Session,
  handlings: readonly Handling[],
  work: () => Promise<Result>,
): Promise<Result> {
  const begun: Begun[] = [];
  try {
    for (const handling of handlings) {
      const { before, after } = handlingStatements(session.dialect, handling);
      begun.unshift({ after, isDerived: DERIVED.has(handling.kind) });
      for (const statement of before) await session.execute(statement);
    }
    const result = await work();
    await putBack(session, begun);
    return result;
  } catch (error) {
    const changed = begun.filter(({ isDerived }) => !isDerived);
    // Whatever this meets, the first error is the one that tells.
    await putBack(session, changed).catch(() => undefined);
    throw error;
  }
}

interface Begun {
  readonly after: readonly CompiledQuery[];
  readonly isDerived: boolean;
}

/** Made anew from rows that stay; of rows that do not stay there is nothing to make. */
const DERIVED: ReadonlySet<Handling['kind']> = new Set(['view-refreshed', 'statistics-rebuilt']);

async function putBack(session: Session, begun: readonly Begun[]): Promise<void> {
  for (const { after } of begun) {
    for (const statement of after) await session.execute(statement);
  }
}
