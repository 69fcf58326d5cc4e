import type { Plan, Sandbox } from '../contracts.ts';
import type { ReadSession, Side } from '../environments/provider.ts';
import { describeMisfit, isSameMisfit, nounOf } from './describeMisfit.ts';
import { CustomizationMisfitError } from './errors.ts';
import { MISFITS_KEY, TRIED_KEY } from './rememberedMisfits.ts';
import { tryCustomizations } from './tryCustomizations.ts';

export interface TryOnCopyContext {
  readonly target: Sandbox;
  readonly plan: Plan;
  read(side: Side, role: 'application'): Promise<ReadSession>;
  remember(key: string, value: string): Promise<void>;
  log(text: string): void;
}

/**
 * Tries what the sandbox alone enforces on its finished copy, while the sandbox is still in use. Where the copy was
 * synchronized, the customizations themselves have been.
 * @returns a phrase for people; nothing when there was nothing to try.
 * @throws CustomizationMisfitError when the synchronization behind the switch would fail, and the approved plan does not say so.
 */
export async function tryOnCopy({ target, plan, read, remember, log }: TryOnCopyContext): Promise<string | undefined> {
  if (isSynchronizedBeside(target)) return undefined;
  await using sandbox = await read('target', 'application');
  await using rows = await read('incoming', 'application');
  const { own, misfits, untried } = await tryCustomizations({ sandbox, rows });
  for (const each of untried) log(`not tried: ${nounOf(each)} ${each.name} on ${each.table}, ${each.why}`);
  for (const misfit of misfits) log(`does not fit: ${nounOf(misfit)} ${describeMisfit(misfit, 'the copy')}`);
  if (own === 0) return undefined;
  await remember(TRIED_KEY, JSON.stringify({ own, untried: untried.length }));
  if (misfits.length > 0) await remember(MISFITS_KEY, JSON.stringify(misfits));
  const unforeseen = misfits.filter((misfit) => !plan.misfits?.some((known) => isSameMisfit(known, misfit)));
  if (unforeseen.length > 0 && isSynchronizedBehind(target))
    throw new CustomizationMisfitError(target.name, unforeseen);
  return `${String(own - misfits.length - untried.length)} of ${String(own)} indexes and constraints of the sandbox’s own fit`;
}

export const isSynchronizedBeside = ({ policy, commands }: Sandbox): boolean =>
  commands.synchronize !== undefined &&
  (policy.synchronize === 'beside' || policy.synchronize === 'beside-and-after-switch');

export const isSynchronizedBehind = ({ policy, commands }: Sandbox): boolean =>
  commands.synchronize !== undefined && policy.synchronize === 'after-switch';
