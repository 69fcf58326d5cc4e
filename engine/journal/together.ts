/**
 * Carries out together what is asked for at the same time: at once where nothing is under way, else with whatever else has come by
 * the end of that, `atMost` so many. What comes to nothing together is tried alone, so that nobody pays for what is wrong with
 * another. Whoever asks gets what was begun after they asked.
 */
export function createTogether<Item, Result>(
  carryOut: (items: readonly Item[]) => Promise<Result>,
  atMost = Infinity,
): (item: Item) => Promise<Result> {
  const waiting: { readonly item: Item; readonly done: PromiseWithResolvers<Result> }[] = [];
  let isUnderWay = false;

  const carryOutNext = async (): Promise<void> => {
    const next = waiting.splice(0, atMost);
    const alone = ({ item, done }: (typeof next)[number]) => carryOut([item]).then(done.resolve, done.reject);
    if (next.length === 1) return void (await Promise.all(next.map(alone)));
    await carryOut(next.map(({ item }) => item)).then(
      (result) => next.forEach(({ done }) => done.resolve(result)),
      () => Promise.all(next.map(alone)),
    );
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
