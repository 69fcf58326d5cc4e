import type { Instant, Sandbox, Source } from '../../../../engine/contracts.ts';
import type { Writer } from '../../../../engine/environments/provider.ts';
import { applyTargetSettings } from '../../../../engine/sanitization/target/applyTargetSettings.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { pack } from '../../doubles/smallCompany.ts';
import type { Order } from './order.ts';

interface At {
  readonly writer: Writer;
  readonly source: Source;
  readonly target: Sandbox;
  readonly at: Instant;
}

const packs = [pack];

/** What the step of that name does, proof included. */
export async function performWork(
  work: Order['work'] | 'restore' | 'swap-back' | 'drop-incoming',
  { writer, source, target, at }: At,
): Promise<void> {
  switch (work) {
    case 'sanitize': {
      await using session = await writer.session('incoming', 'application');
      await sanitize({ session, packs, sandbox: target, signal: writer.signal });
      return await prove(writer, target);
    }
    case 'apply-target-settings': {
      await using living = await writer.read('target', 'application');
      await using copy = await writer.session('incoming', 'application');
      const kept = await applyTargetSettings({ target: living, copy, packs, sandbox: target, signal: writer.signal });
      return await prove(writer, target, kept);
    }
    case 'restore':
    case 'swap':
    case 'swap-back':
    case 'drop-incoming':
      return writer.act(work, {
        source,
        at,
        remember: async () => undefined,
        remembered: {},
        progress: () => undefined,
        log: () => undefined,
      });
  }
}

async function prove(
  writer: Writer,
  target: Sandbox,
  kept?: Awaited<ReturnType<typeof applyTargetSettings>>,
): Promise<void> {
  await using session = await writer.read('incoming', 'application');
  const verdicts = await verifySanitization({ session, packs, sandbox: target, ...(kept ? { kept } : {}) });
  const open = verdicts.filter(({ passed }) => !passed);
  if (open.length > 0) throw new Error(`Not proved: ${open.map(({ ruleId }) => ruleId).join(', ')}`);
}
