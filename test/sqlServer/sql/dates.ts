/** Dates as text that sorts: `2026-11-20T18:00:00.0000000`, as if the server's wall time were UTC. */
export function toDateText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 23)}0000`;
}

/** SQL Server's datetime has ticks of 1/300 s: .000, .003, .007. */
export function toDatetimeTick(milliseconds: number): number {
  return Math.round(Math.round((milliseconds * 3) / 10) * (10 / 3));
}

export function fromDateText(text: string): number {
  return Date.parse(`${text.slice(0, 23)}Z`);
}

/** Reads the forms whose meaning depends on no DATEFORMAT; anything else is undefined, as error 241 would be. */
export function parseDate(text: string): string | undefined {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?)?(?:Z| ?([+-])(\d\d):(\d\d))?$/.exec(
      text.trim(),
    );
  const compact = match ?? /^(\d{4})(\d\d)(\d\d)(?: (\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?)?$/.exec(text.trim());
  if (compact === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', sign, zoneHour, zoneMinute] =
    compact;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
  if (Number.isNaN(time)) return undefined;
  const zone = sign === undefined ? 0 : (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -1 : 1);
  const shifted = new Date(time - zone * 60_000).toISOString().slice(0, 19);
  return `${shifted}.${fraction.padEnd(7, '0')}`;
}

/** Days since 0001-01-01 and 100-nanosecond ticks of the day. */
export function toDaysAndTicks(text: string): { readonly days: number; readonly ticks: bigint } {
  const dayMs = 86_400_000;
  const seconds = Date.parse(`${text.slice(0, 19)}Z`);
  const days = Math.floor(seconds / dayMs);
  const ticks = BigInt(seconds - days * dayMs) * 10_000n + BigInt(text.slice(20, 27).padEnd(7, '0'));
  return { days: days + 719_162, ticks };
}

export function fromDaysAndTicks(days: number, ticks: bigint): string {
  const seconds = (days - 719_162) * 86_400_000 + Number(ticks / 10_000_000n) * 1000;
  return `${new Date(seconds).toISOString().slice(0, 19)}.${String(ticks % 10_000_000n).padStart(7, '0')}`;
}
