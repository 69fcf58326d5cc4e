import type { Installation, Run, Sandbox, Source } from '../../engine/contracts.ts';
import { later } from '../../engine/journal/desk.ts';
import type { SignDecision } from '../../engine/journal/signatures.ts';
import { createEngine, type Engine } from '../../engine/engine.ts';
import type { Action, ActOptions } from '../../engine/environments/provider.ts';
import type { EngineParts } from '../../engine/parts.ts';
import { applyTargetSettings } from '../../engine/sanitization/target/applyTargetSettings.ts';
import { dropLedger } from '../../engine/sanitization/passes/dropLedger.ts';
import { sanitize } from '../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../engine/sanitization/verify.ts';
import { JONAS, MIRA, TENANT_ID, type DemoPerson } from '../people.ts';

const person = ({ aadObjectId, name }: DemoPerson) => ({ id: aadObjectId, name, tenantId: TENANT_ID });

/** The same refresh twice: bare, and through the whole runbook. Neither has commands or a cutover warning to wait for. */
export interface Refreshes {
  /** @returns seconds */
  bare(target: string, at: string): Promise<number>;
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
    bare: (target, at) => bareRefresh(parts, target, at),
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

/** What a script without an engine would do: plan, restore, sanitize, verify, keep settings, swap, open. Put back afterwards. */
async function bareRefresh(parts: EngineParts, targetName: string, at: string): Promise<number> {
  const { clock } = parts;
  const target = parts.installation.sandboxes.find(({ name }) => name === targetName);
  const [source] = parts.installation.sources;
  if (!target || !source) throw new Error(`There is no ${targetName}`);
  const provider = parts.provider(target.provider);
  const packs = parts.packs(target.packs);
  const runId = 'R-1';
  const lease = await parts.journal.acquireLease(targetName, 'bare', 600_000);
  if (!lease) throw new Error(`${targetName} is busy`);
  const writer = provider.open(target, { runId, fence: lease.fence, signal: AbortSignal.timeout(600_000) }, source);
  const act = (action: Action) => writer.act(action, optionsOf(source, at));

  const startedAt = clock.elapsedMs();
  await provider.plan(source, target, at);
  await act('restore');
  {
    await using session = await writer.session('incoming', 'application');
    await using other = await writer.session('incoming', 'financialReporting');
    await sanitize({ session, financialReporting: { session: other }, packs, sandbox: target });
  }
  {
    await using copy = await writer.session('incoming', 'application');
    await using other = await writer.session('incoming', 'financialReporting');
    await verifySanitization({ session: copy, financialReporting: other, packs, sandbox: target });
    await dropLedger(other);
    await using living = await writer.read('target', 'application');
    const kept = await applyTargetSettings({ target: living, copy, packs, sandbox: target });
    await verifySanitization({ session: copy, financialReporting: other, packs, sandbox: target, kept });
  }
  await act('swap');
  await act('open');
  const seconds = (clock.elapsedMs() - startedAt) / 1000;

  await act('swap-back');
  await act('drop-incoming');
  await parts.journal.releaseLease(lease);
  return seconds;
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

function optionsOf(source: Source, at: string): ActOptions {
  return {
    source,
    at,
    remembered: {},
    remember: () => Promise.resolve(),
    progress: () => undefined,
    log: () => undefined,
  };
}
