import { JournalUnavailableError } from './access.ts';

/**
 * Carries out together what is asked for at the same time: at once where nothing is under way, else with whatever else has come by
 * the end of that, `atMost` so many. What comes to nothing together is tried alone, so that nobody pays for what is wrong with
 * another; a journal that is away is not asked once more by each. Whoever asks gets what was begun after they asked.
 */
export function createTogether<Item, Result>(
  carryOut: (items: readonly Item[]) => Promise<Result>,
  atMost = Infinity,
): (item: Item) => Promise<Result> {
  const waiting: { readonly item: Item; readonly done: PromiseWithResolvers<Result> }[] = [];
  let isUnderWay = false;

  // Also where it throws at once: whoever comes later would wait for ever.
  const attempt = async (items: readonly Item[]): Promise<Result> => carryOut(items);

  const carryOutNext = async (): Promise<void> => {
    const next = waiting.splice(0, atMost);
    const alone = ({ item, done }: (typeof next)[number]) => attempt([item]).then(done.resolve, done.reject);
    if (next.length === 1) return void (await Promise.all(next.map(alone)));
    try {
      const result = await attempt(next.map(({ item }) => item));
      for (const { done } of next) done.resolve(result);
    } catch (error) {
      if (error instanceof JournalUnavailableError) for (const { done } of next) done.reject(error);
      else await Promise.all(next.map(alone));
    }
  };

  const begin = async (): Promise<void> => {
    isUnderWay = true;
    while (waiting.length > 0) await carryOutNext();
    isUnderWay = false;
  };

  return (item) => {
    const done = Promise.withResolvers<Result>();
    waiting.push({ item, done });
    if (!isUnderWay) void begin();
    return done.promise;
  };
}
