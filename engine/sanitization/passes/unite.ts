import type { Expression } from 'kysely';
import { changesOf, isPending } from '../rules/compileRule.ts';
import type { WritingRule } from '../rules/compileRule.ts';
import { ownColumn, type Scope } from '../rules/conditions.ts';
import { columnsAt } from '../rules/places.ts';
import type { Expressions } from '../rules/queryBuilder.ts';

export interface United {
  /** What each column becomes; rows that a rule does not mean keep what they have. */
  readonly values: Readonly<Record<string, Expression<unknown>>>;
  /** A row that at least one of the rules changes. */
  readonly isPending: ReturnType<typeof isPending>;
}

/**
 * Several rules of one table as one change. They act as if they ran one after the other: a rule that reads what an
 * earlier one writes reads the written value, so its CASE stands outside. A row that no rule changes as it stands is
 * changed by none of them later on, so the conditions joined by OR leave nothing out.
 */
export function unite(eb: Expressions, rules: readonly WritingRule[], scope: Scope): United {
  const written = new Map<string, Expression<unknown>>();
  for (const rule of rules) {
    const seen: Scope = { ...scope, written: new Map(written) };
    const isMeant = isPending(eb, rule, seen);
    for (const [column, value] of Object.entries(changesOf(eb, rule, seen))) {
      const kept = ownColumn(eb, column, seen);
      written.set(column, rules.length === 1 ? value : eb.case().when(isMeant).then(value).else(kept).end());
    }
  }
  const pending = eb.or(rules.map((rule) => isPending(eb, rule, scope)));
  return { values: Object.fromEntries([...written, ...nextRecversion(eb, written, scope)]), isPending: pending };
}

/** Finance & Operations' optimistic concurrency: a cached row with the old version must not be written back. */
function nextRecversion(eb: Expressions, written: ReadonlyMap<string, unknown>, scope: Scope) {
  if (written.has('RECVERSION') || !columnsAt(scope.catalogue, scope).has('RECVERSION')) return [];
  const next = eb
    .case()
    .when(eb('RECVERSION', '=', eb.lit(2_147_483_647)))
    .then(eb.lit(1))
    .else(eb('RECVERSION', '+', eb.lit(1)))
    .end();
  return [['RECVERSION', next] as const];
}
