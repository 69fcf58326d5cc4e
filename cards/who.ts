import type { Person } from '../engine/contracts.ts';
import type { Reader } from './reader.ts';
import type { Md } from './text.ts';

/** Somebody by name; who acted in a terminal, with the machine and the account that vouched for them. */
export function who(r: Reader, { name, way }: Pick<Person, 'name' | 'way'>): Md {
  const shown = r.plain(name, 60);
  if (way?.kind === 'schedule') return r.words.bySchedule(shown, r.id(`S-${String(way.schedule)}`));
  if (way?.kind !== 'terminal') return shown;
  return r.words.inTerminal(shown, r.plain(way.host, 40), r.plain(way.account, 40));
}
