import type { Run } from '../../engine/contracts.ts';
import {
  approversLeft,
  approversWanted,
  hasRoleFor,
  shapersOf,
  type House,
} from '../../engine/contracts/mayBeDone/index.ts';
import type { Reader } from '../reader.ts';
import { joinMd, type Md, type Name } from '../text.ts';

/**
 * Said before the click that would leave nobody to approve: whoever chooses the moment or confirms cannot approve, and the
 * last one who could has to be told in time.
 */
export function approversNote(r: Reader, run: Run, house: House | undefined, target: Name): readonly { text: Md }[] {
  if (!house) return [];
  const words = r.words.approval;
  const left = approversLeft(shapersOf(run), house);
  const wanted = approversWanted(house.sandbox, run.isUrgent);
  if (left.length < wanted) return [{ text: words.nobodyLeft(target) }];
  if (run.isUrgent || left.length > wanted || !left.some((one) => hasRoleFor('confirm', house.sandbox, one))) return [];
  const names = joinMd(
    left.map(({ name }) => r.plain(name, 60)),
    ', ',
  );
  return [{ text: wanted === 1 ? words.lastOne(names) : r.words.approvals.lastTwo(names) }];
}
