import type { Run } from '../../engine/contracts.ts';
import { runsByAttention } from '../../engine/journal/attention.ts';
import { RunNotFoundError } from '../../engine/journal/errors.ts';
import type { BotParts } from '../parts.ts';
import { NameMissingError, NoSuchRunError } from './errors.ts';

export interface WhichRun {
  readonly prefers?: (run: Run) => boolean;
  readonly fits?: (run: Run) => boolean;
  /** What none does, when none is found: `No run of uat WHAT`. */
  readonly what: string;
}

/** How many runs of a sandbox are looked at for one that fits. */
const LOOKED_AT = 50;

/** `R-1042` from that, from `r-1042`, and from `R1042` where no sandbox is called that; of anything else nothing. */
export function runIdIn({ installation }: Pick<BotParts, 'installation'>, typed: string): string | undefined {
  if (installation.sandboxes.some(({ name }) => name === typed.toLowerCase())) return undefined;
  const number = /^r-?(\d{1,9})$/i.exec(typed)?.[1];
  return number && `R-${number}`;
}

/**
 * The run that somebody means by `R-1042`, or by the name of a sandbox: then the first that `prefers`, in the order of
 * attention.ts, or for which at least `fits` holds.
 * @throws NameMissingError, RunNotFoundError, UnknownTargetError, NoSuchRunError
 */
export async function findRun(
  { desk, journal, installation }: Pick<BotParts, 'desk' | 'journal' | 'installation'>,
  command: string,
  name: string,
  { prefers = () => false, fits = () => true, what }: WhichRun,
): Promise<Run> {
  if (name === '') throw new NameMissingError(command, 'uat');
  const runId = runIdIn({ installation }, name);
  if (runId !== undefined) {
    const run = await journal.run(runId);
    if (!run) throw new RunNotFoundError(runId);
    return run;
  }
  const sandbox = desk.sandbox(name.toLowerCase());
  const { runs } = await runsByAttention(journal, { targets: [sandbox.name], count: LOOKED_AT, isEvery: true });
  const found = runs.find(prefers) ?? runs.find(fits);
  if (!found) throw new NoSuchRunError(sandbox, what, { hasRuns: runs.length > 0 });
  return found;
}
