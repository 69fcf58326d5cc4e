import type { Instant, Plan, Run } from '../contracts.ts';
import { TerminalError } from '../errors.ts';
import { pairOf, type EngineParts, type Pair } from '../parts.ts';
import { dataElements } from '../sanitization/pack/dataElements.ts';
import { leftOutPacks } from '../sanitization/pack/leftOutPacks.ts';
import { approvalsFor } from './approvals.ts';
import { boundParts } from './boundParts.ts';
import { checkSource } from './checkSource.ts';
import { lookAtCustomizations } from './customizationChecks.ts';
import { packsUnder } from '../sanitization/profile/underProfile.ts';
import { estimateFrom, type Precedents } from './estimate.ts';
import { findingChecks } from './findingChecks.ts';
import { lookAhead } from './formers.ts';
import { lookAtKept } from './keptChecks.ts';
import { lookAtProfile } from './profileChecks.ts';
import { DIGEST_VERSION, digestOfBinding } from './planDigest.ts';
import { bindingOf, occurrenceOf, runsToRetire } from './planBinding.ts';
import { schemaOf } from './sourceSchema.ts';
import { standInFor } from './standIn.ts';
import { copiesToDrop } from './retirements.ts';

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
  const kept = await lookAtKept(parts, run.runId, pair, packsUnder(target.profile, packs));
  const binding = bindingOf(parts, pair, restore, {
    ...{ ...bound, version: DIGEST_VERSION },
    retires: runsToRetire(restore, DIGEST_VERSION),
    earlier: restore.outlook?.earlier ?? [],
    dropsCopiesOf: copiesToDrop(run, restore).map(({ runId }) => runId),
    ...{ profile: profile?.digest, kept: kept.digest },
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
      ...(await findingChecks(parts, pair, run)),
      ...(profile?.checks ?? []),
      ...kept.checks,
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
