import { PackInvalidError } from '../errors.ts';
import type { RulePack } from './rulePack.ts';

/**
 * The packs that `names` ask for, each after the one it extends, none twice.
 * @throws PackInvalidError when none is named, a name is unknown, packs extend each other in a circle, or two of them use the same id.
 */
export function selectPacks(names: readonly string[], available: readonly RulePack[]): readonly RulePack[] {
  const selected: RulePack[] = [];
  const problems: string[] = names.length === 0 ? ['no pack is named, so nothing would be sanitized'] : [];
  const select = (name: string, extendedBy: readonly string[]) => {
    const pack = available.find((each) => each.name === name);
    if (pack === undefined) {
      problems.push(`${name} is not among the packs (${available.map((each) => each.name).join(', ')})`);
    } else if (extendedBy.includes(name)) {
      problems.push(`packs extend each other in a circle: ${[...extendedBy, name].join(' → ')}`);
    } else if (!selected.includes(pack)) {
      if (pack.extends !== undefined) select(pack.extends, [...extendedBy, name]);
      selected.push(pack);
    }
  };
  for (const name of names) select(name, []);
  problems.push(...sharedIds(selected));
  if (problems.length > 0) throw new PackInvalidError(names.join(', '), problems);
  return selected;
}

function sharedIds(packs: readonly RulePack[]): readonly string[] {
  const owners = new Map<string, string>();
  return packs.flatMap(({ name, elements }) =>
    elements
      .flatMap((element) => [`element ${element.id}`, ...element.rules.map((rule) => `rule ${rule.id}`)])
      .flatMap((each) => {
        const owner = owners.get(each);
        owners.set(each, name);
        return owner === undefined ? [] : [`${each} stands in ${owner} and in ${name}`];
      }),
  );
}
