/** Who stands in a pane, and where they look. */
export interface Seat {
  readonly personId: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly conversation: string | undefined;
}

/** By person and conversation, the newest message that was looked at. */
export type Reading = Readonly<Record<string, string>>;

/** What the window keeps over a reload: how it looked. What was said is kept by the demo. */
export const memory = {
  seat: (place: number, otherwise: Seat) => recalled(`seat-${String(place)}`, otherwise),
  keepSeat: (place: number, seat: Seat) => keep(`seat-${String(place)}`, seat),
  reading: () => recalled<Reading>('reading', {}),
  keepReading: (reading: Reading) => keep('reading', reading),
  theme: () =>
    recalled<'light' | 'dark'>('theme', matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
  keepTheme: (theme: 'light' | 'dark') => keep('theme', theme),
};

function keep(name: string, value: unknown): void {
  sessionStorage.setItem(name, JSON.stringify(value));
}

/** Only this page writes there, and the storage ends with its window. */
function recalled<Value>(name: string, otherwise: Value): Value {
  const text = sessionStorage.getItem(name);
  return text === null ? otherwise : (JSON.parse(text) as Value);
}
