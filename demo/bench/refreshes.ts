import type { Installation, Run, Sandbox } from '../../engine/contracts.ts';
import { later } from '../../engine/journal/desk.ts';
import type { SignDecision } from '../../engine/journal/signatures.ts';
import { createEngine, type Engine } from '../../engine/engine.ts';
import type { EngineParts } from '../../engine/parts.ts';
import { JONAS, MIRA, TENANT_ID, type DemoPerson } from '../people.ts';
import { bareRefresh, type BareOptions } from './bareRefresh.ts';

const person = ({ aadObjectId, name }: DemoPerson) => ({ id: aadObjectId, name, tenantId: TENANT_ID });

/** The same refresh twice: bare, and through the whole runbook. Neither has commands or a cutover warning to wait for. */
export interface Refreshes {
  /** With everything that a run proves, or without. @returns seconds */
  bare(target: string, at: string, options?: BareOptions): Promise<number>;
  whole(target: string, at: string): Promise<{ readonly run: Run; readonly seconds: number }>;
  /** @returns seconds from the request until the target is back, as the run itself counts them */
  rollBack(run: Run): Promise<number>;
}

/** @param sign the bot's, whose part this plays; unsigned without it */
export function openRefreshes(given: EngineParts, sign?: SignDecision): Refreshes {
  const parts = { ...given, installation: withoutWaits(given.installation) };
  const engine = createEngine(parts);
  const signed = sign === undefined ? {} : { sign };
  return {
    bare: (target, at, options) => bareRefresh(parts, target, at, options),
    whole: (target, at) => wholeRefresh(parts, engine, { target, at, signed }),
    async rollBack(run) {
      const asked = await parts.journal.record(run.runId, { kind: 'roll-back' }, { actor: person(MIRA), ...signed });
      await proceed(parts, engine, asked);
      const after = await parts.journal.run(run.runId);
      if (after?.state !== 'rolled-back') throw new Error(`${run.runId} is ${after?.state ?? 'gone'}, not rolled back`);
      return after.figures.rollbackSeconds ?? Number.NaN;
    },
  };
}

function withoutWaits(installation: Installation): Installation {
  const sandboxes = installation.sandboxes.map((sandbox): Sandbox =>
    Object.assign({}, sandbox, {
      commands: {},
      policy: { ...sandbox.policy, cutoverWarningMs: 0, synchronize: 'never', integrityCheck: 'none' },
    }),
  );
  return { ...installation, sandboxes };
}

async function wholeRefresh(
  parts: EngineParts,
  engine: Engine,
  { target, at, signed }: { readonly target: string; readonly at: string; readonly signed: { sign?: SignDecision } },
) {
  const { journal, clock } = parts;
  const asking = { actor: person(JONAS), ...signed };
  const expiresAt = later(clock.now(), 600_000);
  const { runId } = await journal.draft({ target, source: 'prod', requestedBy: asking.actor, zone: 'UTC', expiresAt });
  await journal.record(runId, { kind: 'choose-moment', at, expiresAt }, asking);
  await engine.plan(runId, AbortSignal.timeout(60_000));
  const digest = (await journal.run(runId))?.plan?.digest ?? '';
  await journal.record(runId, { kind: 'confirm', digest, reason: 'bench', expiresAt }, asking);
  const approved = await journal.record(runId, { kind: 'approve', digest }, { actor: person(MIRA), ...signed });
  const seconds = await proceed(parts, engine, approved);
  const run = await journal.run(runId);
  if (run?.state !== 'completed')
    throw new Error(`${runId} is ${run?.state ?? 'gone'}: ${run?.failure?.message ?? ''}`);
  return { run, seconds };
}

async function proceed({ journal, clock }: EngineParts, engine: Engine, run: Run): Promise<number> {
  const lease = await journal.acquireLease(run.target, 'bench', 600_000);
  if (!lease) throw new Error(`${run.target} is busy`);
  const startedAt = clock.elapsedMs();
  await engine.proceed(run.runId, { lease, signal: AbortSignal.timeout(600_000), progress: () => undefined });
  const seconds = (clock.elapsedMs() - startedAt) / 1000;
  await journal.releaseLease(lease);
  return seconds;
}
