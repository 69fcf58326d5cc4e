import type { Instant } from '../contracts.ts';
import type { EngineParts, Pair } from '../parts.ts';
import { sourceNow } from './sandboxSource.ts';

/**
 * A moment that no backup holds yet cannot be looked at: the plan of an occurrence is made with the last one that can, and the
 * moment itself is looked for when the run starts. Undefined: it can be looked at already.
 */
export async function standInFor(
  parts: EngineParts,
  { source, provider }: Pair,
  at: Instant,
): Promise<Instant | undefined> {
  const { windows } = await provider.survey(await sourceNow(parts, source));
  const last = windows.at(-1)?.to;
  return last !== undefined && last < at ? last : undefined;
}
