import { CompiledQuery } from 'kysely';
import type { ReadSession } from '../../environments/provider.ts';
import type { PreparedRule } from '../../sanitization/rules/prepareRules.ts';
import { placesOf } from '../places/places.ts';
import { valuesIn } from './valuesIn.ts';

/**
 * The values that the sandbox has of its own in what rules keep of it: they come back into the copy before the switch, and where
 * production has the same ones they tell nothing of it.
 */
export async function keptOfTarget(living: ReadSession, rules: readonly PreparedRule[]): Promise<readonly string[]> {
  const kept = rules
    .map(({ rule }) => rule)
    .filter(({ action }) => action === 'keep-rows' || action === 'keep-columns');
  if (kept.length === 0) return [];
  const values = new Set<string>();
  const { tables } = await placesOf[living.dialect].list(living);
  for (const { table, from, columns } of tables) {
    const own = kept.filter((rule) => rule.table === table.toUpperCase());
    const isKept = (name: string) =>
      own.some(
        (rule) =>
          rule.action === 'keep-rows' || (rule.action === 'keep-columns' && rule.columns.includes(name.toUpperCase())),
      );
    const read = columns.filter(({ name, isBinary }) => !isBinary && isKept(name));
    if (read.length === 0) continue;
    await living.pour(CompiledQuery.raw(`select ${read.map(({ expression }) => expression).join(', ')} from ${from}`), {
      field(_, bytes, first, end) {
        const text = bytes.toString('utf8', first, end);
        values.add(text);
        for (const { value } of valuesIn(text, { isSecret: true })) values.add(value);
      },
      row: () => undefined,
    });
  }
  return [...values];
}
