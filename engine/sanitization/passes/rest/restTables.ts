import type { Session } from '../../../environments/provider.ts';
import { RestingLeftError } from '../../errors.ts';
import { createLedger, noteResting, readLedger, type Ledger } from '../ledger.ts';
import { putToRest, readAwake, wake } from './rest.ts';
import { FOREIGN_KEY, idOf, type Resting } from './resting.ts';
import type { Place } from '../facts/tableFacts.ts';

/**
 * Triggers, rules, policies, versioning and change tracking of the tables rest from here on, and the foreign keys `keys`. What was on is noted in the
 * transaction that switches it off, so that it can be on again whatever happens.
 */
export async function restTables(
  session: Session,
  places: readonly Place[],
  keys: readonly Resting[] = [],
): Promise<void> {
  // What watches the whole database goes first, and comes back last: it would be told of every other.
  const awake = [...(await readAwake(session, places)), ...keys].toSorted(byReach);
  const [first = [], ...others] = inParts(awake, AT_ONCE);
  for (const part of [first, ...others])
    await session.executeTogether([
      ...part.map((each) => putToRest(session, each)),
      ...(part === first ? createLedger[session.dialect] : []),
      ...part.flatMap((each) => noteResting(session.dialect, each, false)),
    ]);
}

/**
 * Brings back exactly what was on, each as it was. A step of its own: it runs also when no rule has anything to do, as the
 * worker that switched something off may have ended since.
 * @throws RestingLeftError when the database then says something else.
 */
export async function wakeTables(session: Session, places: readonly Place[]): Promise<void> {
  const resting = await wakeAll(session);
  const awake = await readAwake(session, places);
  const states = new Map(awake.map((each) => [idOf(each), each.state]));
  // A foreign key that is on again has been checked by the server, row by row.
  const left = resting.filter((each) => each.kind !== FOREIGN_KEY && states.get(idOf(each)) !== each.state);
  if (left.length > 0) throw new RestingLeftError(left.map(idOf));
}

/** What an attempt that broke off has left at rest: it is then no obstacle that anybody sees. One end of a foreign key may be masked. */
export const wakeLeftovers = (session: Session) => wakeAll(session, ({ kind }) => kind !== FOREIGN_KEY);

/** Without a look at what came of it. @returns what the ledger knows. */
export async function wakeAll(
  session: Session,
  isMeant: (each: Resting) => boolean = () => true,
): Promise<Ledger['resting']> {
  const { resting } = await readLedger(session);
  const asleep = resting
    .filter((each) => !each.isAwake && isMeant(each))
    .toSorted(byReach)
    .toReversed();
  for (const part of inParts(asleep, AT_ONCE))
    await session.executeTogether([
      ...part.map((each) => wake(session, each)),
      ...part.flatMap((each) => noteResting(session.dialect, each, true)),
    ]);
  return resting;
}

/** SQL Server takes 2,100 parameters at a time, a note has nine. */
export const AT_ONCE = 200;

export function inParts<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

const byReach = (one: Resting, other: Resting): number => Number(one.table !== '') - Number(other.table !== '');
