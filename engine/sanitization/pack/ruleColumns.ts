import { isReference } from '../rules/conditions.ts';
import type { Condition, Reference } from './conditionSchema.ts';
import type { Rule } from './rulePack.ts';

/** Every column that a rule speaks of, with its table. A statement of its own is read by the server alone. */
export function columnsOf(rule: Rule): readonly { readonly table: string; readonly column: string }[] {
  const { own, others } = spokenOf(rule);
  return [...own.map((column) => ({ table: rule.table, column })), ...others];
}

export interface SpokenOf {
  /** Columns of the rule's own table. */
  readonly own: readonly string[];
  /** Columns of tables from which it takes a value. */
  readonly others: readonly { readonly table: string; readonly column: string }[];
}

export function spokenOf(rule: Rule): SpokenOf {
  const own = new Set<string>();
  const others = new Map<string, { table: string; column: string }>();
  const noteAll = (conditions: readonly Condition[], note: (column: string) => void) => {
    for (const each of conditions.flatMap((condition) => ('any' in condition ? condition.any : [condition]))) {
      note(each.column);
      if (each.differs !== undefined && isReference(each.differs)) noteReference(each.differs);
    }
  };
  const noteReference = ({ from }: Reference) => {
    const note = (column: string) => others.set(`${from.table}.${column}`, { table: from.table, column });
    note(from.column);
    noteAll(from.where, note);
  };
  const noteOwn = (column: string) => own.add(column);

  noteAll(rule.where ?? [], noteOwn);
  if (rule.offending !== 'any-row') noteAll(rule.offending, noteOwn);
  noteAll(rule.expected ?? [], noteOwn);
  if (rule.action === 'set-columns') Object.keys(rule.values).forEach(noteOwn);
  if (rule.action === 'clear-columns' || rule.action === 'keep-columns') rule.columns.forEach(noteOwn);
  if (rule.action === 'mask') Object.keys(rule.columns).forEach(noteOwn);
  if (rule.action === 'keep-rows' || rule.action === 'keep-columns') noteOwn(rule.key);
  if (rule.action === 'keep-columns') noteAll(rule.whereInTarget ?? [], noteOwn);
  referencesOf(rule).forEach(noteReference);
  return { own: [...own], others: [...others.values()] };
}

/** The values that a rule takes from one row of another table. */
export function referencesOf(rule: Rule): readonly Reference[] {
  return rule.action === 'set-columns' ? Object.values(rule.values).filter(isReference) : [];
}

/** The columns of its own table that a rule is known to write. */
export function columnsWritten(rule: Rule): readonly string[] {
  switch (rule.action) {
    case 'set-columns':
      return Object.keys(rule.values);
    case 'clear-columns':
    case 'keep-columns':
      return rule.columns;
    case 'mask':
      return Object.keys(rule.columns);
    case 'delete-rows':
    case 'keep-rows':
    case 'sql':
      return [];
  }
}
