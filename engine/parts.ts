import type { Clock } from './clock.ts';
import type { Installation, Sandbox, Source } from './contracts.ts';
import type { Provider } from './environments/provider.ts';
import { UnknownTargetError } from './journal/errors.ts';
import type { Journal } from './journal/journal.ts';
import type { VerifyingKey } from './journal/signatures.ts';
import type { Baseline } from './sanitization/coverage/baseline.ts';
import type { StableMasks } from './sanitization/masks/stableMasks.ts';
import type { ReportKey } from './reports/signedReport.ts';
import type { RulePack } from './sanitization/pack/rulePack.ts';

/** What the engine is made of; built in a composition root. */
export interface EngineParts {
  readonly journal: Journal;
  readonly installation: Installation;
  readonly provider: (name: string) => Provider;
  /** The columns that somebody has accepted for a sandbox; undefined where the file names none. */
  readonly baseline?: (target: Sandbox) => Baseline | undefined;
  readonly packs: (names: readonly string[]) => readonly RulePack[];
  /** Absent where the installation has no secret for masks that stay the same. */
  readonly stableMasks?: StableMasks;
  readonly clock: Clock;
  /** Takes secrets and row values out of a text before it reaches a log or a card (env/scrub.ts). */
  readonly scrub: (text: string) => string;
  readonly workerId: string;
  /** Public keys of the bot’s; none: decisions need no signature. */
  readonly verifyingKeys?: readonly VerifyingKey[];
  /** Signs reports; without one they say that they are not signed. */
  readonly reportKey?: ReportKey;
  /** Public keys of reports, besides this worker's own: another worker may have made one, before a change of keys. */
  readonly reportKeys?: readonly VerifyingKey[];
  /** What commands of the installation inherit: PATH and its like, none of Rewind's own secrets. */
  readonly commandVariables: Readonly<Record<string, string | undefined>>;
}

export interface Pair {
  readonly source: Source;
  readonly target: Sandbox;
  readonly provider: Provider;
}

/** The target's provider restores; source and target of one refresh always share it. */
export function pairOf(parts: EngineParts, targetName: string, sourceName?: string): Pair {
  const { sources, sandboxes } = parts.installation;
  const target = sandboxes.find((sandbox) => sandbox.name === targetName);
  const source = sources.find((one) => one.name === (sourceName ?? target?.sources[0]));
  if (!target || !source) throw new UnknownTargetError(sandboxes.map((sandbox) => sandbox.name));
  return { source, target, provider: parts.provider(target.provider) };
}
