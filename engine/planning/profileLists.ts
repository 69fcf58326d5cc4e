import type { Sandbox } from '../contracts.ts';
import type { ProfileListKind } from '../journal/besideRuns.ts';
import type { EngineParts } from '../parts.ts';

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
