const serverTimePattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?$/;
const instantPattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))$/i;

/** Wall time of a server as milliseconds "as if UTC"; undefined when there is no such date. */
export function parseServerTime(text: string): number | undefined {
  const parts = serverTimePattern.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = ''] = parts;
  const ms = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    milliseconds(fraction),
  );
  // Date.UTC turns 30 February into 2 March; a date that does not read back is none.
  return new Date(ms).toISOString().slice(0, 19) === text.slice(0, 19) ? ms : undefined;
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
  return Number(fraction.padEnd(3, '0').slice(0, 3));
}
