/** Where pages of prints go. */
export interface Pages {
  put(page: Buffer): void;
  /** Resolves once all that were put are kept. @throws what keeping one of them has thrown */
  settle(): Promise<void>;
}

/** A page is 80 kB, and the driver holds what it sends several times. */
const AT_ONCE = 10;

/** @param isBeside pages may be kept while something is being read, and are, so that few of them gather in memory */
export function createPages(
  keep: (pages: readonly Buffer[]) => Promise<void>,
  isBeside: boolean,
): Pages & AsyncDisposable {
  const waiting: Buffer[] = [];
  let keeping: Promise<void> | undefined;
  let failure: Error | undefined;

  async function keepWhile(isWorthIt: () => boolean): Promise<void> {
    if (failure !== undefined) return;
    try {
      while (isWorthIt()) await keep(waiting.splice(0, AT_ONCE));
    } catch (error) {
      failure = error instanceof Error ? error : new Error('Pages were not kept', { cause: error });
    }
  }

  return {
    put(page) {
      waiting.push(page);
      if (!isBeside || keeping !== undefined || waiting.length < AT_ONCE) return;
      keeping = keepWhile(() => waiting.length >= AT_ONCE).finally(() => (keeping = undefined));
    },
    async settle() {
      await keeping;
      await keepWhile(() => waiting.length > 0);
      if (failure !== undefined) throw failure;
    },
    /** Nothing is sent any more behind the back of whoever reads an error. */
    async [Symbol.asyncDispose]() {
      await keeping;
    },
  };
}
