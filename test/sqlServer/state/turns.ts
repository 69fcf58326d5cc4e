import { sqlError } from '../sql/sqlError.ts';

/** One owner at a time, the others in the order in which they came. An owner may take its turn again at no cost. */
export interface Turns {
  readonly owner: () => number | undefined;
  take(session: number, signal: AbortSignal): Promise<void>;
  giveBack(session: number): void;
}

/** All turns of one server, so that two sessions that wait for each other are found. */
export function createTurnsOf(): () => Turns {
  const waitingFor = new Map<number, () => number | undefined>();

  const wouldDeadlock = (session: number, owner: number | undefined): boolean => {
    const seen = new Set<number>();
    for (let each = owner; each !== undefined && !seen.has(each); each = waitingFor.get(each)?.()) {
      if (each === session) return true;
      seen.add(each);
    }
    return false;
  };

  return () => {
    let owner: number | undefined;
    const queue: { readonly session: number; readonly go: () => void }[] = [];
    return {
      owner: () => owner,
      async take(session, signal) {
        if (owner === session) return;
        if (owner === undefined) {
          owner = session;
          return;
        }
        if (wouldDeadlock(session, owner)) throw deadlock(session);
        waitingFor.set(session, () => owner);
        try {
          await new Promise<void>((resolve, reject) => {
            const entry = { session, go: resolve };
            queue.push(entry);
            const stop = () => {
              if (queue.includes(entry)) queue.splice(queue.indexOf(entry), 1);
              reject(new Error('cancelled while waiting for a lock'));
            };
            signal.addEventListener('abort', stop, { once: true });
          });
        } finally {
          waitingFor.delete(session);
        }
      },
      giveBack(session) {
        if (owner !== session) return;
        const next = queue.shift();
        owner = next?.session;
        next?.go();
      },
    };
  };
}

export function deadlock(session: number): Error {
  return sqlError(
    1205,
    `Transaction (Process ID ${session}) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.`,
    { severity: 13, state: 51 },
  );
}
