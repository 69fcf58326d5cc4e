import { toDateText, toDatetimeTick } from '../sql/dates.ts';
import type { Server } from './model.ts';

const quarterMs = 900_000;

/** An instant as the server's wall time, to the tick of a datetime. */
export function toLocal(server: Pick<Server, 'zone'>, instant: number): string {
  return toDateText(toDatetimeTick(instant + server.zone * quarterMs));
}

/** A wall time of a server as an instant. */
export function fromLocal(zone: number, wallTime: number): number {
  return wallTime - zone * quarterMs;
}
