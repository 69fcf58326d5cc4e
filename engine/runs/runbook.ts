import type { Place, Run } from '../contracts.ts';
import { isProofDueBehindSwitch } from '../contracts/mayBeDone/index.ts';
import type { Provider } from '../environments/provider.ts';
import type { Step } from './step.ts';
import { applyTargetSettings } from '../steps/applyTargetSettings.ts';
import { awaitCutover } from '../steps/awaitCutover.ts';
import { bringOnline } from '../steps/bringOnline.ts';
import { checkPrerequisites } from '../steps/checkPrerequisites.ts';
import { inspectCopy } from '../steps/inspectCopy.ts';
import { restoreBeside } from '../steps/restoreBeside.ts';
import { sanitizeCopy } from '../steps/sanitizeCopy.ts';
import { stopServices } from '../steps/stopServices.ts';
import { swap } from '../steps/swap.ts';
import { synchronizeBeside } from '../steps/synchronizeBeside.ts';
import { synchronizeDatabase } from '../steps/synchronizeDatabase.ts';
import { verifySanitization } from '../steps/verifySanitization.ts';

/** The recipe of a refresh. The order matters: nothing reaches the target before it is proved. */
export const runbook: readonly Step[] = [
  checkPrerequisites,
  restoreBeside,
  inspectCopy,
  sanitizeCopy,
  synchronizeBeside,
  verifySanitization,
  awaitCutover,
  applyTargetSettings,
  stopServices,
  swap,
  synchronizeDatabase,
  bringOnline,
];

/** A recipe per place at which a platform can restore. */
const runbooks: Readonly<Partial<Record<Place, readonly Step[]>>> = { beside: runbook };

/** @throws TypeError for a place that no provider of this version has. */
export function runbookFor({ guarantees }: Pick<Provider, 'guarantees'>, run?: Run): readonly Step[] {
  const found = runbooks[guarantees.place];
  if (!found) throw new TypeError(`There is no runbook for a restore ${guarantees.place}`);
  return run && isProofDueBehindSwitch(run) ? provedBehindSwitch(found) : found;
}

/** Of a run that is tried again behind its switch: the proof is about what people are let in to, so it comes right before that. */
function provedBehindSwitch(steps: readonly Step[]): readonly Step[] {
  return steps
    .filter((step) => step !== verifySanitization)
    .flatMap((step) => (step === bringOnline ? [verifySanitization, step] : [step]));
}
