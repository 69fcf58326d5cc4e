/** One at a time per server: two restores share its disks and its buffer pool, and both become slower than one after the other. */
export interface Turns {
  /** Runs `work` when its turn comes; `isWaiting` is called when it does not come at once. */
  take<Result>(
    server: string,
    signal: AbortSignal,
    isWaiting: () => void,
    work: () => Promise<Result>,
  ): Promise<Result>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    async take(server, signal, isWaiting, work) {
      const before = last.get(server);
      const own = Promise.withResolvers<void>();
      const queue = (before ?? Promise.resolve()).then(() => own.promise);
      last.set(server, queue);
      // Only when everybody before has ended as well: whoever gives up waiting as the last of the queue leaves it in use.
      void queue.then(() => last.get(server) === queue && last.delete(server));
      try {
        if (before !== undefined) {
          isWaiting();
          await Promise.race([before, aborted(signal)]);
        }
        return await work();
      } finally {
        own.resolve();
      }
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
