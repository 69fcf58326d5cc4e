import type { CheckResult, Instant, Plan, PlanBinding, Retirement, Run, Source } from '../contracts.ts';
import type { Measures, RestorePlan } from '../environments/provider.ts';
import { TerminalError } from '../errors.ts';
import { identitiesOf } from '../environments/sameDatabases.ts';
import { pairOf, type EngineParts, type Pair } from '../parts.ts';
import type { Situation } from '../prerequisites/condition.ts';
import { judgeAll, judgeCopy } from '../prerequisites/conditions.ts';
import { readFacts } from '../prerequisites/facts.ts';
import { digestOf } from '../journal/canonicalJson.ts';
import { dataElements } from '../sanitization/pack/dataElements.ts';
import { hashPacks } from '../sanitization/pack/hashPacks.ts';
import { leftOutPacks } from '../sanitization/pack/leftOutPacks.ts';
import { approvalsFor } from './approvals.ts';
import { boundParts } from './boundParts.ts';
import { lookAtCustomizations } from './customizationChecks.ts';
import { packsUnder } from '../sanitization/profile/underProfile.ts';
import { estimateFrom, type Precedents } from './estimate.ts';
import { findingChecks } from './findingChecks.ts';
import { lookAhead, retiresOf, type Outlook } from './formers.ts';
import { lookAtProfile } from './profileChecks.ts';
import { leftOutChecks } from './leftOutChecks.ts';
import { maskChecks } from './maskChecks.ts';
import { DIGEST_VERSION, digestOfBinding, policyHashOf } from './planDigest.ts';
import { sandboxOf, sandboxSourceChecks, sourceNow } from './sandboxSource.ts';
import { schemaOf } from './sourceSchema.ts';
import { standInFor } from './standIn.ts';
import { copiesToDrop, copyChecks, retirementChecks, undecidedChecks } from './retirements.ts';

const RUNS_FOR_AN_ESTIMATE = 10;

/** Looks at everything a refresh would touch and says what it would do; changes nothing. */
export async function makePlan(parts: EngineParts, run: Run, at: Instant): Promise<Plan> {
  const pair = pairOf(parts, run.target, run.source);
  const { target, provider } = pair;
  const triedWith = run.scheduled && (await standInFor(parts, pair, at));
  const restore = {
    ...(await lookAhead(parts, pair, triedWith ?? at)),
    ...(triedWith === undefined ? {} : { at: { application: at, financialReporting: at } }),
  };
  const packs = parts.packs(target.packs);
  const { cleared, keptFromTarget } = dataElements(packsUnder(target.profile, packs));
  const measures = await provider.measure(target);
  const customizations = await lookAtCustomizations(parts, pair);
  const reachers = await provider.reachers(target).catch(unlessRefused);
  const { bound, notClean } = await approvalsFor(parts, pair, run);
  const profile = await lookAtProfile(parts, run.runId, pair, packs);
  const binding = bindingOf(parts, pair, restore, {
    ...{ ...bound, version: DIGEST_VERSION },
    retires: runsToRetire(restore, DIGEST_VERSION),
    earlier: restore.outlook?.earlier ?? [],
    dropsCopiesOf: copiesToDrop(run, restore).map(({ runId }) => runId),
    profile: profile?.digest,
    ...occurrenceOf(run),
  });
  return {
    binding,
    digest: digestOfBinding(binding),
    boundParts: boundParts(target, packs),
    madeAt: parts.clock.now(),
    ...(run.scheduled ? await schemaOf(parts, pair) : {}),
    ...(triedWith === undefined ? {} : { triedWith }),
    checks: [
      ...(await checkSource(parts, run, pair, restore, measures)),
      ...customizations.checks,
      ...(await findingChecks(parts, pair)),
      ...(profile?.checks ?? []),
    ],
    ...(customizations.misfits.length > 0 ? { misfits: customizations.misfits } : {}),
    chain: restore.chain,
    restoreBytes: restore.restoreBytes,
    replaced: { sizeBytes: measures.sizeBytes },
    ...(restore.formers && restore.formers.length > 0 ? { formers: restore.formers } : {}),
    cleared,
    keptFromTarget,
    packs: packs.map(({ name }) => name),
    withoutPacks: leftOutPacks(target, packs),
    ...(profile === undefined ? {} : { profile: profile.lines }),
    administrator: target.administrator.signIn,
    estimate: estimateFrom({ ...(await precedentsOf(parts, pair)), ...restore }),
    keepPreviousMs: target.policy.keepPreviousMs,
    guarantees: provider.guarantees,
    ...(notClean ? { notClean } : {}),
    ...(reachers ? { reachers } : {}),
  };
}

/** The rule by which its moment was found is approved with the moment. */
function occurrenceOf({ scheduled }: Run): Pick<PlanBinding, 'occurrence'> {
  if (!scheduled) return {};
  const { schedule, at, moment } = scheduled;
  return { occurrence: { schedule, at, moment } };
}

/** A plan without it says so: who reads the copy is no condition of a refresh. */
function unlessRefused(error: unknown): undefined {
  if (!(error instanceof TerminalError)) throw error;
}

async function precedentsOf(
  { journal, installation: { sandboxes } }: EngineParts,
  { target }: Pair,
): Promise<Pick<Precedents, 'own' | 'others'>> {
  const ended = (name: string) =>
    journal.runs({ target: name, states: ['completed', 'signed-off'], limit: RUNS_FOR_AN_ESTIMATE });
  const own = await ended(target.name);
  if (own.length > 0) return { own, others: [] };
  const alike = sandboxes.filter(({ name, provider }) => name !== target.name && provider === target.provider);
  return { own, others: (await Promise.all(alike.map(({ name }) => ended(name)))).flat() };
}

/** The digest, by the version of the approved plan, of what the run would do if it were planned now. That less has to go, or stands behind it, than was approved is no drift. */
export function digestOfRestore(parts: EngineParts, run: Run, restore: Outlook): string {
  const approved: Partial<PlanBinding> = run.plan?.binding ?? {};
  const { version, earlier, approvals, cleanReport, urgentDelayMs, profile } = approved;
  const drops = copiesToDrop(run, restore).map(({ runId }) => runId);
  return digestOfBinding(
    bindingOf(parts, pairOf(parts, run.target, run.source), restore, {
      // Whether these still hold is asked apart (approvals.ts): it takes another look at a report.
      ...{ version, approvals, cleanReport, urgentDelayMs },
      retires: noMoreThan(approved.retires ?? [], runsToRetire(restore, version)),
      // A plan of a version that knew nothing of these is carried out without them.
      earlier: earlier && noMoreThan(earlier, restore.outlook?.earlier ?? []),
      dropsCopiesOf: approved.dropsCopiesOf && noMoreThan(approved.dropsCopiesOf, drops),
      // What the sandbox has become since is compared one by one when the profile is applied.
      profile,
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

const runsToRetire = (restore: Outlook, version?: number): readonly string[] =>
  toRetire(restore, version).map(({ runId }) => runId);

/** By which the plan of a run is judged; a run without one gets the newest. */
const versionOf = ({ plan }: Run): number => (plan ? (plan.binding.version ?? 1) : DIGEST_VERSION);

function bindingOf(
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
  };
}

/** Every condition against production as it is now, and what the platform has to say. */
export async function checkSource(
  parts: EngineParts,
  run: Run,
  pair: Pair,
  restore: Outlook,
  targetMeasures?: Measures,
): Promise<readonly CheckResult[]> {
  const { source, target, provider } = pair;
  const itself = sandboxOf(parts, source);
  // Of a sandbox nothing says how to read it but its own entry.
  const sourceFacts = await readFacts(source, (role) =>
    itself ? provider.session(itself, 'target', role) : provider.session(source, 'source', role),
  );
  const measured = targetMeasures ?? (await provider.measure(target));
  return [
    ...(await sandboxSourceChecks(parts, pair)),
    // First what is lost for good: cards show the first warnings.
    ...undecidedChecks(run.target, restore.outlook?.undecided),
    ...(await retirementChecks(parts, run.target, toRetire(restore, versionOf(run)))),
    ...(await copyChecks(parts, run.target, copiesToDrop(run, restore))),
    ...leftOutChecks(leftOutPacks(target, parts.packs(target.packs)), parts.clock.now(), target.timeZone),
    ...maskChecks(target, parts.stableMasks),
    ...judgeAll(await situationOf(parts, run, pair, restore, { sourceFacts, targetMeasures: measured })),
    ...(restore.checks ?? []),
  ];
}

/** The conditions that the data itself decides, against production as it was at the recovery point. */
export async function checkCopy(
  parts: EngineParts,
  run: Run,
  pair: Pair,
  restore: RestorePlan,
): Promise<readonly CheckResult[]> {
  const { source, target, provider } = pair;
  const sourceFacts = await readFacts(source, (role) => provider.session(target, 'incoming', role, run.runId));
  const targetMeasures = await provider.measure(target);
  return judgeCopy(await situationOf(parts, run, pair, restore, { sourceFacts, targetMeasures }));
}

async function situationOf(
  parts: EngineParts,
  run: Run,
  { source, target, provider }: Pair,
  restore: RestorePlan,
  { sourceFacts, targetMeasures }: Pick<Situation, 'sourceFacts' | 'targetMeasures'>,
): Promise<Situation> {
  const measure = async (one: Source) =>
    one.name === source.name && restore.sourceMeasures
      ? restore.sourceMeasures
      : parts.provider(one.provider).measure(await sourceNow(parts, one));
  const productions = parts.installation.sources.filter(({ kind }) => kind === 'production');
  const [{ heldBy }, targetFacts, sourceMeasures, others] = await Promise.all([
    parts.journal.hold(target.name),
    readFacts(target, (role) => provider.session(target, 'target', role)),
    measure(source),
    Promise.all(productions.filter(({ name }) => name !== source.name).map(measure)),
  ]);
  const measuredProductions = source.kind === 'production' ? [sourceMeasures, ...others] : others;
  return {
    source,
    target,
    sourceFacts,
    targetFacts,
    sourceMeasures,
    targetMeasures,
    at: restore.at.application,
    chain: restore.chain,
    heldBy: heldBy === run.runId ? undefined : heldBy,
    restoreBytes: restore.restoreBytes,
    retiredBytes: [...toRetire(restore, versionOf(run)), ...copiesToDrop(run, restore)].reduce(
      (sum, { sizeBytes }) => sum + sizeBytes,
      0,
    ),
    sourceIdentity: restore.sourceIdentity,
    productionIdentities: measuredProductions.flatMap(identitiesOf),
  };
}
