import type { Profile } from '../../contracts.ts';
import type { Rule, RulePack } from '../pack/rulePack.ts';
import { OWN_ROWS } from './ownRows.ts';

/** With a profile the sandbox's registered applications come back by name alone, and no longer all of them. */
export function packsUnder(profile: Profile | undefined, packs: readonly RulePack[]): readonly RulePack[] {
  if (profile === undefined) return packs;
  return packs.map((pack) => ({
    ...pack,
    elements: pack.elements.map((element) => {
      if (!element.rules.some(isOwn)) return element;
      const rules = element.rules.map((rule): Rule => {
        if (!isOwn(rule)) return rule;
        const { key: _, ...rest } = rule;
        return { ...rest, action: 'delete-rows' };
      });
      return { ...element, disposition: 'cleared' as const, rules };
    }),
  }));
}

type KeepRows = Extract<Rule, { action: 'keep-rows' }>;

const TABLES: ReadonlySet<string> = new Set(Object.values(OWN_ROWS).map(({ table }) => table));

const isOwn = (rule: Rule): rule is KeepRows => rule.action === 'keep-rows' && TABLES.has(rule.table);
