import type { Plan, Run } from '../contracts.ts';
import type { RestorePlan } from '../environments/provider.ts';
import { pairOf, type EngineParts } from '../parts.ts';
import { boundParts, differences } from './boundParts.ts';
import type { Outlook } from './formers.ts';
import { digestOfRestore, toRetire } from './planBinding.ts';

/**
 * What the run would do otherwise than was approved, named; nothing while the approved plan is still the plan. Without
 * `restore` no server is asked: policy, commands, administrator and packs alone are compared.
 */
export function driftOf(parts: EngineParts, run: Run, restore?: Outlook): readonly string[] {
  const { plan } = run;
  if (!plan) return ['its plan'];
  if (digestOfRestore(parts, run, restore ?? restoreOf(plan)) === plan.digest) return [];
  const { target } = pairOf(parts, run.target, run.source);
  const named = plan.boundParts
    ? differences(plan.boundParts, boundParts(target, parts.packs(target.packs)))
    : // A plan of before parts were kept binds by hashes alone.
      [];
  const servers = restore ? serversThatDiffer(plan, restore) : [];
  const all = [...named, ...servers];
  return all.length > 0 ? all : ['policy, commands, administrator or packs'];
}

/** The restore that the plan stands for. */
export const restoreOf = ({
  binding: { sourceIdentity, targetIdentity, at },
  chain,
  restoreBytes,
}: Plan): RestorePlan => ({ sourceIdentity, targetIdentity, at, chain, restoreBytes });

function serversThatDiffer({ binding }: Plan, restore: Outlook): readonly string[] {
  const isSameMoment =
    binding.at.application === restore.at.application &&
    binding.at.financialReporting === restore.at.financialReporting;
  const moreToDrop = toRetire(restore, binding.version).filter(({ runId }) => !binding.retires?.includes(runId));
  const moreBehind = (restore.outlook?.earlier ?? []).filter(
    (one) => binding.earlier?.some(({ runId, until }) => runId === one.runId && until === one.until) === false,
  );
  return [
    ...(binding.sourceIdentity === restore.sourceIdentity ? [] : ['the databases of the source']),
    ...(binding.targetIdentity === restore.targetIdentity ? [] : ['the databases of the target']),
    ...(isSameMoment ? [] : ['the moment that is reached']),
    ...moreToDrop.map(({ runId }) => `the former databases of ${runId} would be dropped`),
    ...moreBehind.map(({ runId, until }) => `the way back of ${runId}, promised until ${until}, would be behind it`),
  ];
}
