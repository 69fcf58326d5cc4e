const zero = 0x30;
const serverTimePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?$/;
const instantPattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))$/i;

/** Wall time of a server as milliseconds "as if UTC"; undefined when there is no such date. Called for every time of a history. */
export function parseServerTime(text: string): number | undefined {
  if (!serverTimePattern.test(text)) return undefined;
  const two = (place: number) => text.charCodeAt(place) * 10 + text.charCodeAt(place + 1) - 11 * zero;
  const [year, month, day] = [two(0) * 100 + two(2), two(5), two(8)];
  const [hour, minute, second] = [two(11), two(14), two(17)];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds(text.slice(20)));
  // Date.UTC turns 30 February into 2 March; days up to the 28th are in every month.
  const isDate = month >= 1 && month <= 12 && day >= 1 && hour < 24 && minute < 60 && second < 60 && year >= 100;
  return isDate && (day <= 28 || new Date(ms).getUTCDate() === day) ? ms : undefined;
}

/** ISO 8601 with `Z` or an offset, never a bare wall time; milliseconds since 1970, undefined when it is no instant. */
export function parseInstant(text: string): number | undefined {
  const parts = instantPattern.exec(text);
  if (parts === null) return undefined;
  const [, upToMinute = '', second = '00', fraction = '', , sign, hours = '0', minutes = '0'] = parts;
  const local = parseServerTime(`${upToMinute.toUpperCase()}:${second}.${fraction.padEnd(1, '0').slice(0, 7)}`);
  const offsetMinutes = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  if (local === undefined || Number(minutes) > 59 || Math.abs(offsetMinutes) > 14 * 60) return undefined;
  return local - offsetMinutes * 60_000;
}

/** `2026-11-20T17:00:00.000Z`, also for the moments that no server can have. */
export function formatInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/**
 * The STOPAT literal for `at` on a server whose clock was `zoneMinutes` east of UTC.
 * Rounded down to what `datetime` holds (.000, .003, .007): rounded up by the server, it would reach past the moment asked for.
 */
export function formatStopAt(at: number, zoneMinutes: number): string {
  const local = at + zoneMinutes * 60_000;
  const lastDigit = local % 10;
  const tick = lastDigit >= 7 ? 7 : lastDigit >= 3 ? 3 : 0;
  return new Date(local - lastDigit + tick).toISOString().slice(0, 23);
}

/** `UTC+01:00`. */
export function formatZone(zoneMinutes: number): string {
  const size = Math.abs(zoneMinutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `UTC${zoneMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function milliseconds(fraction: string): number {
  return fraction === '' ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
}
