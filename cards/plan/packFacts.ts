import type { LeftOut, Plan } from '../../engine/contracts.ts';
import type { Reader } from '../reader.ts';
import type { Fact } from '../run/runContext.ts';
import { joinMd, type Md } from '../text.ts';

/** Which packs run, which of the usual ones do not and why, and what stays as production has it. Nothing for a plan that does not say. */
export function packFacts(r: Reader, { packs, withoutPacks = [] }: Plan): readonly Fact[] {
  if (packs === undefined) return [];
  const words = r.words.packs;
  const left = words.leaves.filter(([name]) => withoutPacks.some(({ pack }) => pack === name));
  return [
    { title: words.title, value: r.plain(packs.join(', '), 160) },
    ...withoutPacks.map((each) => ({ title: words.leftOut, value: leftOutText(r, each) })),
    { title: words.notCovered, value: joinMd([...left.map(([, what]) => what), words.customizations], ' ') },
  ];
}

function leftOutText(r: Reader, { pack, reason, owner = '', until = '' }: LeftOut): Md {
  const words = r.words.packs;
  const name = r.plain(pack, 60);
  return reason === undefined
    ? words.leftOutUnsaid(name)
    : words.leftOutUntil(name, r.plain(until, 10), r.plain(reason, 120), r.plain(owner, 60));
}
