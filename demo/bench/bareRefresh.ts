import type { Sandbox, Source } from '../../engine/contracts.ts';
import { tryCustomizations } from '../../engine/customizations/tryCustomizations.ts';
import type { Action, ActOptions, Writer } from '../../engine/environments/provider.ts';
import type { EngineParts } from '../../engine/parts.ts';
import { collectOnce } from '../../engine/proofs/collect/collectOnce.ts';
import { coverColumns, searchWhole, searchWritten } from '../../engine/proofs/proveCopy.ts';
import type { RulePack } from '../../engine/sanitization/pack/rulePack.ts';
import { dropLedger } from '../../engine/sanitization/passes/dropLedger.ts';
import { sanitize } from '../../engine/sanitization/sanitize.ts';
import type { FittedDatabase } from '../../engine/sanitization/sanitizeDatabase.ts';
import { applyTargetSettings } from '../../engine/sanitization/target/applyTargetSettings.ts';
import { verifySanitization } from '../../engine/sanitization/verify.ts';

export interface BareOptions {
  /** Without it the rules' own post-conditions are all that is proved. */
  readonly isProved?: boolean;
}

/** What a script without an engine would do: plan, restore, sanitize, prove, keep settings, swap, open. Put back afterwards. */
export async function bareRefresh(
  parts: EngineParts,
  targetName: string,
  at: string,
  { isProved = false }: BareOptions = {},
): Promise<number> {
  const { clock } = parts;
  const target = parts.installation.sandboxes.find(({ name }) => name === targetName);
  const [source] = parts.installation.sources;
  if (!target || !source) throw new Error(`There is no ${targetName}`);
  const provider = parts.provider(target.provider);
  const packs = parts.packs(target.packs);
  const lease = await parts.journal.acquireLease(targetName, 'bare', 600_000);
  if (!lease) throw new Error(`${targetName} is busy`);
  const signal = AbortSignal.timeout(600_000);
  const writer = provider.open(target, { runId: 'R-1', fence: lease.fence, signal }, source);
  const act = (action: Action) => writer.act(action, optionsOf(source, at));
  const proofs = isProved ? proofsOf(parts, { writer, source, target, packs, signal }) : undefined;

  const startedAt = clock.elapsedMs();
  await provider.plan(source, target, at);
  await act('restore');
  {
    await using session = await writer.session('incoming', 'application');
    await using other = await writer.session('incoming', 'financialReporting');
    await sanitize({
      ...{ session, financialReporting: { session: other }, packs, sandbox: target },
      open: () => writer.session('incoming', 'application'),
      ...(proofs && {
        beforeFirstRule: (fitted) => proofs.note({ application: session, financialReporting: other }, fitted),
      }),
    });
  }
  {
    await using copy = await writer.session('incoming', 'application');
    await using other = await writer.session('incoming', 'financialReporting');
    await verifySanitization({ session: copy, financialReporting: other, packs, sandbox: target });
    await proofs?.prove();
    await using living = await writer.read('target', 'application');
    const kept = await applyTargetSettings({
      ...{ target: living, copy, packs, sandbox: target },
      async beforeDrop() {
        await proofs?.proveWritten();
        await dropLedger(other);
      },
    });
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

interface ProofContext {
  readonly writer: Writer;
  readonly source: Source;
  readonly target: Sandbox;
  readonly packs: readonly RulePack[];
  readonly signal: AbortSignal;
}

/** What a run proves besides, by the same functions. */
function proofsOf(parts: EngineParts, { writer, source, target, packs, signal }: ProofContext) {
  const now = () => parts.clock.now();
  const quiet = { progress: () => undefined, log: () => undefined };
  const proving = { ...quiet, packs, target, now, signal, baseline: () => parts.baseline?.(target) };
  const onCopy = async <Result>(prove: (context: Parameters<typeof searchWhole>[0]) => Promise<Result>) => {
    await using application = await writer.read('incoming', 'application');
    await using financialReporting = await writer.read('incoming', 'financialReporting');
    return await prove({ ...proving, copy: { application, financialReporting } });
  };
  return {
    async note(copy: Parameters<typeof collectOnce>[0]['copy'], fitted: readonly FittedDatabase[]) {
      await using living = await writer.read('target', 'application');
      await collectOnce({ copy, living, source, target, now, signal }, fitted);
    },
    async prove() {
      await onCopy(async (context) => {
        await using sandbox = await writer.read('target', 'application');
        await tryCustomizations({ sandbox, rows: context.copy.application });
        await coverColumns(context);
        await searchWhole(context);
      });
    },
    proveWritten: () => onCopy((context) => searchWritten(context)),
  };
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
