import type { ColumnMask } from '../masks/maskExpression.ts';
import { roomOf, type Scope } from './conditions.ts';
import type { PreparedRule } from './prepareRules.ts';

/** Every mask that is to be carried out, each as it is in its column. */
export function masksIn(rules: readonly PreparedRule[], scope: Omit<Scope, 'schema' | 'table'>): readonly ColumnMask[] {
  return rules.flatMap((each) =>
    each.kind === 'ready' && each.rule.action === 'mask'
      ? Object.entries(each.rule.columns).map(([column, kind]) => ({
          kind,
          room: roomOf(column, { ...scope, ...each.place }),
        }))
      : [],
  );
}
