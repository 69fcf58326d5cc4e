import type { Sandbox } from '../contracts.ts';
import type { ProfileListKind } from '../journal/besideRuns.ts';
import type { EngineParts } from '../parts.ts';

const DAY_MS = 24 * 3_600_000;

/** Keeps what packs keep of the sandbox, as it is: nobody asks for it once the run is over. */
export async function keepPlannedRows(
  { journal, clock }: Pick<EngineParts, 'journal' | 'clock'>,
  runId: string,
  text: string,
): Promise<void> {
  const until = new Date(Date.parse(clock.now()) + DAY_MS).toISOString();
  await journal.keepProfileList(runId, { kind: 'kept', text, until, keptMs: DAY_MS });
}

/** Keeps a list of ids beside the run, for as long behind its end as the profile of the sandbox says. */
export async function keepProfileList(
  { journal, clock }: Pick<EngineParts, 'journal' | 'clock'>,
  runId: string,
  { profile }: Pick<Sandbox, 'profile'>,
  list: { readonly kind: ProfileListKind; readonly text: string },
): Promise<void> {
  if (profile === undefined) return;
  const { listKeptMs: keptMs } = profile;
  const until = new Date(Date.parse(clock.now()) + keptMs).toISOString();
  await journal.keepProfileList(runId, { ...list, until, keptMs });
}
