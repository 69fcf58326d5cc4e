import { isZone } from '../zones.ts';
import type { Match } from './part.ts';
import { ABBREVIATIONS } from './vocabulary.ts';

/** Every reading of the word at `at` as a zone: `europe/berlin`, `cet`, `+02:00`, `utc+2`. */
export function matchZones(words: readonly string[], at: number): readonly Match[] {
  const word = words[at] ?? '';
  const zones = ABBREVIATIONS.get(word) ?? offsets(word) ?? (word.includes('/') && isZone(word) ? [word] : []);
  const city = /^(time|zeit)$/.test(words[at + 1] ?? '') ? zoneOfCity(word) : [];
  return [
    ...city.map((zone) => ({ length: 2, part: { kind: 'zone', zone } as const })),
    ...zones.map((zone) => ({ length: 1, part: { kind: 'zone', zone } as const })),
  ];
}

/** `london time`, `new_york time`: where one zone is named after the city. */
function zoneOfCity(city: string): readonly string[] {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.toLowerCase().endsWith(`/${city}`));
  return zones.length === 1 ? zones : [];
}

function offsets(word: string): readonly string[] | undefined {
  const found = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?([0-5]\d))?$/.exec(word);
  if (!found || Number(found[2]) > 14) return undefined;
  return [`${found[1] ?? '+'}${(found[2] ?? '').padStart(2, '0')}:${found[3] ?? '00'}`];
}
