import { RulesDoNotFitError } from './errors.ts';
import { findMaskedRefusals } from './fit/checkFit.ts';
import type { Refusal } from './fit/fit.ts';
import type { MaskKey } from './masks/maskKey.ts';
import { findMaskKey, setUpMasks, tearDownMasks } from './masks/setUpMasks.ts';
import type { OriginOf } from './pack/packProblems.ts';
import type { FittedDatabase } from './sanitizeDatabase.ts';

/**
 * Sets masks up in every database that has some, and tries with their key what made-up values alone can tell.
 * @throws RulesDoNotFitError; a key that no row was masked with is gone then.
 */
export async function prepareMasks(
  masking: readonly FittedDatabase[],
  maskKey: () => MaskKey,
  originOf: OriginOf,
): Promise<MaskKey | undefined> {
  if (masking.length === 0) return undefined;
  const known = await keyInForce(masking);
  const key = known ?? maskKey();
  const refusals: Refusal[] = [];
  for (const { sessions, masks, fit } of masking) {
    await setUpMasks(sessions.session, masks, key);
    refusals.push(...(await findMaskedRefusals(sessions.session, fit)));
  }
  if (refusals.length === 0) return key;
  if (known === undefined) for (const { sessions } of masking) await tearDownMasks(sessions.session);
  throw new RulesDoNotFitError(refusals, originOf);
}

/** What an earlier attempt has masked with joins with what this one masks, in whichever of the two it stopped. */
async function keyInForce(masking: readonly FittedDatabase[]): Promise<MaskKey | undefined> {
  for (const { sessions } of masking) {
    const key = await findMaskKey(sessions.session);
    if (key !== undefined) return key;
  }
  return undefined;
}
