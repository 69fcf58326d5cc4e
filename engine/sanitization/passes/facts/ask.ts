import { CompiledQuery } from 'kysely';
import type { z } from 'zod';
import type { ReadSession } from '../../../environments/provider.ts';

/** A question about the catalogue, in the platform's own words. */
export async function ask<Row>(
  session: ReadSession,
  row: z.ZodType<Row>,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const found = await session.select(CompiledQuery.raw(text, [...parameters]));
  return found.map((each) => row.parse(each));
}
