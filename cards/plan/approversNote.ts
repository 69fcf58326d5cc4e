import type { Run } from '../../engine/contracts.ts';
import { approversLeft, hasRoleFor, shapersOf, type House } from '../../engine/contracts/mayBeDone/index.ts';
import type { Reader } from '../reader.ts';
import type { Md, Name } from '../text.ts';

/**
 * Said before the click that would leave nobody to approve: whoever chooses the moment or confirms cannot approve, and the
 * last one who could has to be told in time.
 */
export function approversNote(r: Reader, run: Run, house: House | undefined, target: Name): readonly { text: Md }[] {
  if (!house) return [];
  const words = r.words.approval;
  const [last, ...others] = approversLeft(shapersOf(run), house);
  if (!last) return [{ text: words.nobodyLeft(target) }];
  if (others.length > 0 || !hasRoleFor('confirm', house.sandbox, last)) return [];
  return [{ text: words.lastOne(r.plain(last.name, 60)) }];
}
