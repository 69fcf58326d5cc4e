import { DEFAULT_PACKS, type LeftOut, type Sandbox } from '../../contracts.ts';
import type { RulePack } from './rulePack.ts';

/** Which of the usual packs a sandbox does without, with what its file says about that. */
export function leftOutPacks(
  { withoutPacks = [] }: Pick<Sandbox, 'withoutPacks'>,
  selected: readonly RulePack[],
): readonly LeftOut[] {
  return DEFAULT_PACKS.filter((name) => !selected.some((pack) => pack.name === name)).map(
    (name) => withoutPacks.find(({ pack }) => pack === name) ?? { pack: name },
  );
}
