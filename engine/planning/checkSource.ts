import type { CheckResult, Run, Source } from '../contracts.ts';
import type { Measures, RestorePlan } from '../environments/provider.ts';
import { identitiesOf } from '../environments/sameDatabases.ts';
import { type EngineParts, type Pair } from '../parts.ts';
import type { Situation } from '../prerequisites/condition.ts';
import { judgeAll, judgeCopy } from '../prerequisites/conditions.ts';
import { readFacts } from '../prerequisites/facts.ts';
import { leftOutPacks } from '../sanitization/pack/leftOutPacks.ts';
import { type Outlook } from './formers.ts';
import { leftOutChecks } from './leftOutChecks.ts';
import { maskChecks } from './maskChecks.ts';
import { sandboxOf, sandboxSourceChecks, sourceNow } from './sandboxSource.ts';
import { copiesToDrop, copyChecks, retirementChecks, undecidedChecks } from './retirements.ts';
import { toRetire, versionOf } from './planBinding.ts';

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
