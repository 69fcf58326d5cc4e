import type { PlanBinding, Retirement, Run } from '../contracts.ts';
import type { RestorePlan } from '../environments/provider.ts';
import { pairOf, type EngineParts, type Pair } from '../parts.ts';
import { digestOf } from '../journal/canonicalJson.ts';
import { hashPacks } from '../sanitization/pack/hashPacks.ts';
import { retiresOf, type Outlook } from './formers.ts';
import { DIGEST_VERSION, digestOfBinding, policyHashOf } from './planDigest.ts';
import { copiesToDrop } from './retirements.ts';

/** The digest, by the version of the approved plan, of what the run would do if it were planned now. That less has to go, or stands behind it, than was approved is no drift. */
export function digestOfRestore(parts: EngineParts, run: Run, restore: Outlook): string {
  const approved: Partial<PlanBinding> = run.plan?.binding ?? {};
  const { version, earlier, approvals, cleanReport, urgentDelayMs, profile, kept } = approved;
  const drops = copiesToDrop(run, restore).map(({ runId }) => runId);
  return digestOfBinding(
    bindingOf(parts, pairOf(parts, run.target, run.source), restore, {
      // Whether these still hold is asked apart (approvals.ts): it takes another look at a report.
      ...{ version, approvals, cleanReport, urgentDelayMs },
      retires: noMoreThan(approved.retires ?? [], runsToRetire(restore, version)),
      // A plan of a version that knew nothing of these is carried out without them.
      earlier: earlier && noMoreThan(earlier, restore.outlook?.earlier ?? []),
      dropsCopiesOf: approved.dropsCopiesOf && noMoreThan(approved.dropsCopiesOf, drops),
      // What the sandbox has become since is compared one by one when it is applied.
      ...{ profile, kept },
      ...occurrenceOf(run),
    }),
  );
}

/** What was approved, as long as nothing has come to it. */
function noMoreThan<Member>(approved: readonly Member[], present: readonly Member[]): readonly Member[] {
  const known = new Set(approved.map(digestOf));
  return present.every((one) => known.has(digestOf(one))) ? approved : present;
}

/** Plans before version 3 name what goes for want of room alone. */
export const toRetire = (restore: Outlook, version = 1): readonly Retirement[] =>
  version >= 3 ? retiresOf(restore) : (restore.retires ?? []);

export const runsToRetire = (restore: Outlook, version?: number): readonly string[] =>
  toRetire(restore, version).map(({ runId }) => runId);

/** By which the plan of a run is judged; a run without one gets the newest. */
export const versionOf = ({ plan }: Run): number => (plan ? (plan.binding.version ?? 1) : DIGEST_VERSION);

export function bindingOf(
  parts: EngineParts,
  { source, target }: Pair,
  restore: RestorePlan,
  {
    version,
    retires,
    earlier,
    dropsCopiesOf,
    occurrence,
    approvals,
    cleanReport,
    urgentDelayMs,
    profile,
    kept,
  }: Omit<Partial<PlanBinding>, 'retires'> & { readonly retires: readonly string[] },
): PlanBinding {
  return {
    ...(version === undefined ? {} : { version }),
    source: source.name,
    target: target.name,
    sourceIdentity: restore.sourceIdentity,
    targetIdentity: restore.targetIdentity,
    at: restore.at,
    packsHash: hashPacks(parts.packs(target.packs)),
    policyHash: policyHashOf(target, version),
    ...(retires.length > 0 ? { retires } : {}),
    ...(earlier === undefined ? {} : { earlier }),
    ...(dropsCopiesOf === undefined ? {} : { dropsCopiesOf }),
    ...(occurrence === undefined ? {} : { occurrence }),
    ...(approvals === undefined ? {} : { approvals }),
    ...(cleanReport === undefined ? {} : { cleanReport }),
    ...(urgentDelayMs === undefined ? {} : { urgentDelayMs }),
    ...(profile === undefined ? {} : { profile }),
    ...(kept === undefined ? {} : { kept }),
  };
}

/** The rule by which its moment was found is approved with the moment. */
export function occurrenceOf({ scheduled }: Run): Pick<PlanBinding, 'occurrence'> {
  if (!scheduled) return {};
  const { schedule, at, moment } = scheduled;
  return { occurrence: { schedule, at, moment } };
}
