import { digestOf } from '../../journal/canonicalJson.ts';
import { columnsWritten, spokenOf } from '../pack/ruleColumns.ts';
import type { Rule } from '../pack/rulePack.ts';
import { isChanging, isStatement } from './statements.ts';
import { nameOf, type Place } from './facts/tableFacts.ts';

/** Rules that one walk through their table carries out. */
export interface Pass extends Place {
  /** The same for the same rules at the same place: what the ledger knows it by. */
  readonly id: string;
  readonly rules: readonly Rule[];
}

export interface TableWork extends Place {
  /** One after the other. */
  readonly passes: readonly Pass[];
}

/** Tables that do not look at each other, so that they may be worked on side by side. */
export type Stage = readonly TableWork[];

export interface PlacedRule extends Place {
  readonly rule: Rule;
}

/**
 * The rules in the order of the packs, as few walks as that order allows: rules of one table are united unless one of
 * them deletes; a rule that reads another table waits for the rules that write it, and is waited for by those that come
 * later.
 */
export function planPasses(rules: readonly PlacedRule[]): readonly Stage[] {
  const stages: Map<string, PlacedRule[][]>[] = [];
  let read = new Set<string>();
  for (const placed of rules) {
    const others = new Set(spokenOf(placed.rule).others.map(({ table }) => table));
    const written = [...(stages.at(-1)?.values() ?? [])].flat(2).map(({ rule }) => rule);
    const isWritten = written.some((rule) => others.has(rule.table) || isStatement(rule));
    // What a statement of its own reads is not known.
    const waits = isWritten || read.has(placed.rule.table) || (isStatement(placed.rule) && written.length > 0);
    if (stages.length === 0 || waits) {
      stages.push(new Map());
      read = new Set();
    }
    for (const table of others) read.add(table);
    add(stages.at(-1) ?? new Map<string, PlacedRule[][]>(), placed);
  }
  return stages.map((stage, index) =>
    [...stage.values()].map((passes) => {
      const { schema = '', table = '' } = passes[0]?.[0] ?? {};
      return { schema, table, passes: passes.map((each) => passOf(index, { schema, table }, each)) };
    }),
  );
}

function add(stage: Map<string, PlacedRule[][]>, placed: PlacedRule): void {
  const passes = stage.get(nameOf(placed)) ?? [];
  stage.set(nameOf(placed), passes);
  const last = passes.at(-1);
  const isAlone = last === undefined || ![placed, ...last].every(({ rule }) => isChanging(rule));
  if (
    isAlone ||
    readsMask(
      placed.rule,
      last.map(({ rule }) => rule),
    )
  )
    passes.push([placed]);
  else last.push(placed);
}

/** A mask, and a condition on its form, look at the column as it stands in the table. */
function readsMask(rule: Rule, before: readonly Rule[]): boolean {
  if (![rule, ...before].some(({ action }) => action === 'mask')) return false;
  const written = new Set(before.flatMap(columnsWritten));
  return spokenOf(rule).own.some((column) => written.has(column));
}

function passOf(stage: number, place: Place, placed: readonly PlacedRule[]): Pass {
  const rules = placed.map(({ rule }) => rule);
  return { ...place, rules, id: `${String(stage)} ${nameOf(place)} ${digestOf(rules).slice(0, 16)}` };
}
