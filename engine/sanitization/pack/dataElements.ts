import type { DataElement } from '../../contracts.ts';
import { databaseOf, type Rule, type RulePack } from './rulePack.ts';

/** What the plan says about data that is not copied: one entry per element of the packs, in their order. */
export function dataElements(packs: readonly RulePack[]): {
  readonly cleared: readonly DataElement[];
  readonly keptFromTarget: readonly DataElement[];
} {
  const elements = packs.flatMap((pack) => pack.elements);
  const shown = (disposition: 'cleared' | 'kept-from-target'): readonly DataElement[] =>
    elements
      .filter((element) => element.disposition === disposition)
      .map(({ title, reason, rules }) => ({ title, reason, tables: [...new Set(rules.map(tableOf))] }));
  return { cleared: shown('cleared'), keptFromTarget: shown('kept-from-target') };
}

function tableOf(rule: Rule): string {
  const name = rule.schema === undefined ? rule.table : `${rule.schema}.${rule.table}`;
  return databaseOf(rule) === 'application' ? name : `${name} (Financial Reporting)`;
}
