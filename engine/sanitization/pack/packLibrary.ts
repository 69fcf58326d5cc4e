import { PackInvalidError } from '../errors.ts';
import type { PlaceOf } from './packProblems.ts';
import { parsePack, type RulePack } from './rulePack.ts';
import { selectPacks } from './selectPacks.ts';

/** A pack as its file says it. */
export interface PackDocument {
  readonly value: unknown;
  readonly placeOf: PlaceOf;
}

export interface PackLibrary {
  /** What cannot be used, pack by pack. */
  readonly unusable: readonly PackInvalidError[];
  /** @throws PackInvalidError as `selectPacks` does */
  select(names: readonly string[]): readonly RulePack[];
}

/** All packs of an installation, by the names of their files. */
export function openLibrary(documents: ReadonlyMap<string, PackDocument>): PackLibrary {
  const packs: RulePack[] = [];
  const places = new Map<string, PlaceOf>();
  const unusable: PackInvalidError[] = [];
  for (const [name, { value, placeOf }] of documents) {
    try {
      const pack = parsePack(value, name, placeOf);
      packs.push(pack);
      places.set(pack.name, placeOf);
    } catch (error) {
      if (!(error instanceof PackInvalidError)) throw error;
      unusable.push(error);
    }
  }
  return { unusable, select: (names) => selectPacks(names, packs, (name) => places.get(name)) };
}
