import type { Session } from '../../environments/provider.ts';

export interface LaneContext {
  readonly session: Session;
  /** Another session to the same database; without it there is one lane. */
  readonly open?: (() => Promise<Session>) | undefined;
}

/**
 * Works on the items side by side, the first ones first, each lane on a session of its own. After the first that throws
 * nothing is begun any more, and what is under way is waited for: nothing runs on behind the back of whoever reads the error.
 */
export async function inLanes<Item>(
  { session, open }: LaneContext,
  lanes: number,
  items: readonly Item[],
  work: (item: Item, session: Session) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const walk = async (own: Session) => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item, own);
  };
  const failing = async (lane: Promise<void>) => {
    try {
      await lane;
    } catch (error) {
      waiting.length = 0;
      throw error;
    }
  };
  const walkOnItsOwn = async (another: () => Promise<Session>) => {
    await using own = await another();
    await walk(own);
  };
  const more = open === undefined ? 0 : Math.min(lanes, items.length) - 1;
  const all = [walk(session), ...Array.from({ length: Math.max(0, more) }, () => walkOnItsOwn(open ?? refuse))];
  for (const outcome of await Promise.allSettled(all.map(failing))) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
}

const refuse = (): Promise<Session> => Promise.reject(new TypeError('There is one session'));
