/** Making one costs fifty times what using it does, and a card wants a dozen: they are kept. */
export const dateFormat = kept(
  (tag: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options),
);
export const numberFormat = kept(
  (tag: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options),
);

/** Zones and locales come from people's clients, and one takes 66 KB. */
const MOST = 100;

function kept<Options, Format>(make: (tag: string, options: Options) => Format): typeof make {
  const made = new Map<string, Format>();
  return (tag, options) => {
    const key = JSON.stringify([tag, options]);
    const known = made.get(key);
    if (known !== undefined) return known;
    const format = make(tag, options);
    if (made.size >= MOST) made.clear();
    made.set(key, format);
    return format;
  };
}
