import { canonicalJson } from '../../journal/canonicalJson.ts';
import { problemAt, type PackProblem, type PlacesOf, writtenAs } from './packProblems.ts';
import { databaseOf, type Rule, type RulePack } from './rulePack.ts';

interface Written {
  readonly rule: Rule;
  readonly column: string;
  /** What every row of the column holds afterwards. */
  readonly as: string;
  readonly problem: (reason: string, remedy: string) => PackProblem;
}

/**
 * Two rules that write the same column of every row: what the first one does is lost, and its post-condition with it. Rules with
 * conditions may share a column, and so may rules that write the same.
 */
export function contradictions(packs: readonly RulePack[], placesOf: PlacesOf): readonly PackProblem[] {
  const all = packs.flatMap((pack) =>
    pack.elements.flatMap(({ rules }, e) =>
      rules.flatMap((rule, r) =>
        writtenBy(rule).map(([column, as]): Written => {
          const problem: Written['problem'] = (reason, remedy) =>
            problemAt(['elements', e, 'rules', r, 'id'], reason, writtenAs(pack, placesOf), remedy);
          return { rule, column, as, problem };
        }),
      ),
    ),
  );
  const byColumn = Map.groupBy(all, ({ rule, column }) => `${databaseOf(rule)} ${rule.table}.${column}`);
  return [...byColumn.values()].flatMap((written) =>
    written.flatMap((one, index) => {
      const other = written.slice(0, index).find((each) => meets(each.rule, one.rule) && each.as !== one.as);
      if (other === undefined) return [];
      return [
        one.problem(
          `rules ${other.rule.id} and ${one.rule.id} both write ${one.rule.table}.${one.column} of every row`,
          'say with where which rows each of them means, or drop one',
        ),
      ];
    }),
  );
}

function meets(one: Rule, other: Rule): boolean {
  return one.schema === undefined || other.schema === undefined || one.schema === other.schema;
}

/** The columns that a rule writes in every row, each with what it writes. */
function writtenBy(rule: Rule): readonly (readonly [column: string, as: string])[] {
  if (rule.where !== undefined) return [];
  switch (rule.action) {
    case 'set-columns':
      return Object.entries(rule.values).map(([column, value]) => [column, canonicalJson(value)]);
    case 'mask':
      return Object.entries(rule.columns).map(([column, kind]) => [column, canonicalJson({ kind })]);
    case 'clear-columns':
      return rule.columns.map((column) => [column, 'nothing']);
    case 'delete-rows':
    case 'keep-rows':
    case 'keep-columns':
    case 'sql':
      return [];
  }
}
