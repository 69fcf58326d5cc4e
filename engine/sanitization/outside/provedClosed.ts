import type { StepContext } from '../../runs/step.ts';
import type { RuleVerdict } from '../verify.ts';
import { closesOutside, proveOutside } from './outside.ts';

/** That nothing leads out of the copy; nothing where no pack promises it. */
export async function provedClosed({
  read,
  packs,
  target,
}: Pick<StepContext, 'read' | 'packs' | 'target'>): Promise<readonly RuleVerdict[]> {
  if (!closesOutside(packs)) return [];
  await using application = await read('incoming', 'application');
  await using financialReporting = await read('incoming', 'financialReporting');
  return [
    await proveOutside(application, 'application', target),
    await proveOutside(financialReporting, 'financialReporting', target),
  ];
}
