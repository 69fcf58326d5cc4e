import type { Misfit } from '../contracts.ts';
import { TerminalError } from '../errors.ts';
import { describeMisfit, nounOf } from './describeMisfit.ts';

/** The approved plan did not say that the synchronization behind the switch would fail. */
export class CustomizationMisfitError extends TerminalError {
  override readonly code = 'customization-misfit';

  constructor(sandbox: string, misfits: readonly Misfit[]) {
    const list = misfits.map((misfit) => `${nounOf(misfit)} ${describeMisfit(misfit, 'the copy')}`);
    super(`The synchronization of ${sandbox} would fail behind the switch: ${list.join('; ')}`, {
      remedy: `Withdraw the customization from ${sandbox} and retry, or mend the rows in production and plan again. A new plan names them as a warning, and who approves it goes on all the same.`,
    });
  }
}
