import { PackInvalidError } from '../errors.ts';
import { contradictions } from './contradictions.ts';
import { problemAt, type PackProblem, type PlacesOf, writtenAs } from './packProblems.ts';
import { extendedBy, type RulePack } from './rulePack.ts';

/**
 * The packs that `names` ask for, each after those it extends, none twice, without the rules that one of them drops or replaces.
 * @throws PackInvalidError when none is named, a name is unknown or stands for two packs, packs extend each other in a circle, two of
 * them use the same id, one drops or replaces a rule that it does not extend, or two rules contradict each other.
 */
export function selectPacks(
  names: readonly string[],
  available: readonly RulePack[],
  placesOf: PlacesOf = () => undefined,
): readonly RulePack[] {
  const selected: RulePack[] = [];
  const problems: PackProblem[] =
    names.length === 0 ? [{ reason: 'no pack is named, so nothing would be sanitized' }] : [];
  const select = (name: string, from: readonly string[], where?: PackProblem) => {
    const [pack, namesake] = available.filter((each) => each.name === name);
    const say = (reason: string, remedy?: string) =>
      problems.push({ ...where, reason, ...(remedy === undefined ? {} : { remedy }) });
    if (pack === undefined) say(`${name} is not among the packs (${available.map((each) => each.name).join(', ')})`);
    else if (namesake !== undefined) say(`${name} is the name of two packs`, 'give one of them another name');
    else if (from.includes(name)) say(`packs extend each other in a circle: ${[...from, name].join(' → ')}`);
    else if (!selected.includes(pack)) {
      const at = problemAt(['extends'], '', writtenAs(pack, placesOf));
      for (const each of extendedBy(pack)) select(each, [...from, name], at);
      selected.push(pack);
    }
  };
  for (const name of names) select(name, []);
  const changed = problems.length > 0 ? selected : withChanges(selected, placesOf, problems);
  problems.push(...sharedIds(changed, placesOf), ...contradictions(changed, placesOf));
  if (problems.length > 0) throw new PackInvalidError(names.join(', '), problems);
  return changed;
}

/** What a pack drops or replaces is taken out of the packs it extends; an element that is left without rules goes with them. */
function withChanges(packs: readonly RulePack[], placesOf: PlacesOf, problems: PackProblem[]): readonly RulePack[] {
  const gone = new Map<string, string>();
  for (const pack of packs) {
    const extended = reachedFrom(pack, packs);
    for (const { id, path, how } of changesOf(pack)) {
      const owner = extended.find((each) => each.elements.some(({ rules }) => rules.some((rule) => rule.id === id)));
      const earlier = owner && gone.get(`${owner.name} ${id}`);
      const say = (reason: string, remedy: string) =>
        problems.push(problemAt(path, reason, writtenAs(pack, placesOf), remedy));
      if (owner === undefined)
        say(
          `${pack.name} ${how} rule ${id}, which stands in no pack that it extends`,
          extended.length === 0
            ? 'name the pack of the rule under extends'
            : `rules stand in ${extended.map(({ name }) => name).join(', ')}`,
        );
      else if (earlier !== undefined && earlier !== pack.name)
        say(`rule ${id} is dropped or replaced by ${earlier} and by ${pack.name}`, 'leave it to one of them');
      else gone.set(`${owner.name} ${id}`, pack.name);
    }
  }
  if (gone.size === 0) return packs;
  return packs.map((pack) => ({
    ...pack,
    elements: pack.elements
      .map((element) => ({ ...element, rules: element.rules.filter(({ id }) => !gone.has(`${pack.name} ${id}`)) }))
      .filter(({ rules }) => rules.length > 0),
  }));
}

interface Change {
  readonly id: string;
  readonly path: readonly PropertyKey[];
  readonly how: 'drops' | 'replaces';
}

function changesOf({ drops = [], elements }: RulePack): readonly Change[] {
  return [
    ...drops.map(({ rule }, d): Change => ({ id: rule, path: ['drops', d, 'rule'], how: 'drops' })),
    ...elements.flatMap(({ rules }, e) =>
      rules.flatMap(({ id, replaces }, r): readonly Change[] =>
        replaces ? [{ id, path: ['elements', e, 'rules', r, 'id'], how: 'replaces' }] : [],
      ),
    ),
  ];
}

/** The packs that one extends, directly and through others. */
function reachedFrom(pack: RulePack, packs: readonly RulePack[]): readonly RulePack[] {
  const direct = packs.filter(({ name }) => extendedBy(pack).includes(name));
  return [...new Set([...direct, ...direct.flatMap((each) => reachedFrom(each, packs))])];
}

function sharedIds(packs: readonly RulePack[], placesOf: PlacesOf): readonly PackProblem[] {
  const owners = new Map<string, string>();
  return packs.flatMap((pack) =>
    pack.elements
      .flatMap((element, e) => [
        { id: `element ${element.id}`, path: ['elements', e, 'id'] },
        ...element.rules.map((rule, r) => ({ id: `rule ${rule.id}`, path: ['elements', e, 'rules', r, 'id'] })),
      ])
      .flatMap(({ id, path }) => {
        const owner = owners.get(id);
        owners.set(id, pack.name);
        if (owner === undefined) return [];
        const reason = `${id} stands in ${owner} and in ${pack.name}`;
        return [problemAt(path, reason, writtenAs(pack, placesOf), 'rename it, or say replaces: true at a rule')];
      }),
  );
}
