import { z } from 'zod';
import { DATABASE_ROLES, type DatabaseRole } from '../../contracts.ts';
import { PackInvalidError } from '../errors.ts';
import { columnPattern, conditions, name, tablePattern, value } from './conditionSchema.ts';
import { maskKind } from './maskSchema.ts';
import { problemsIn, type PlaceOf } from './packProblems.ts';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not in kebab-case');
const text = z.string().trim().min(1, 'is empty');

const ruleBase = {
  id,
  /** Of the two databases that always move together; `application` where nothing is said. */
  database: z.enum(DATABASE_ROLES).optional(),
  table: name,
  /** One schema alone (DBO is that of Finance & Operations itself); without it the rule holds for every table of that name. */
  schema: name.optional(),
  /** `fail`: a database without the table is not a Finance & Operations database. */
  whenAbsent: z.enum(['fail', 'skip']).default('skip'),
  /** `skip`: the rule holds for the columns that are there. Only where releases differ: everywhere else a missing column is schema drift. */
  whenColumnAbsent: z.enum(['fail', 'skip']).default('fail'),
  /** Which rows; all when absent. */
  where: conditions.optional(),
  /** Says nothing: triggers rest for every rule. Packs that have it stay readable. */
  withoutTriggers: z.boolean().default(false),
  /**
   * The post-condition, stated by itself instead of derived, so that a wrong action cannot agree with its own proof:
   * no row may match. For `keep-…` it holds until the target's settings are applied.
   */
  offending: z.union([z.literal('any-row'), conditions], {
    error: 'is neither any-row nor a list of conditions',
  }),
  /** At least one row must match afterwards. */
  expected: conditions.optional(),
  /** Stands in the place of the rule with the same id in a pack that this one extends. */
  replaces: z.literal(true).optional(),
};
/** So that it reaches the table of that name in every schema. */
const statement = text.refine((sql) => sql.includes('{table}'), 'does not name its table as {table}');
const columns = z.array(name).min(1);

const rule = z.discriminatedUnion('action', [
  z.strictObject({ ...ruleBase, action: z.literal('delete-rows') }),
  z.strictObject({
    ...ruleBase,
    action: z.literal('set-columns'),
    values: z.record(name, value).refine((values) => Object.keys(values).length > 0, 'names no column'),
  }),
  /** NULL where the column allows it, otherwise the empty value of its type. */
  z.strictObject({ ...ruleBase, action: z.literal('clear-columns'), columns }),
  /** The source's rows are deleted; the living target's are written to the copy just before the switch. `key` orders them for reading. */
  z.strictObject({ ...ruleBase, action: z.literal('keep-rows'), key: name.default('RECID') }),
  /** The source's values are cleared; those of the living target's rows with the same `key` that match `whereInTarget` follow just before the switch. */
  z.strictObject({
    ...ruleBase,
    action: z.literal('keep-columns'),
    columns,
    key: name,
    whereInTarget: conditions.optional(),
  }),
  /** Values that identify somebody become made-up ones; the same value the same one, in whichever table it stands. */
  z.strictObject({
    ...ruleBase,
    action: z.literal('mask'),
    columns: z.record(name, maskKind).refine((kinds) => Object.keys(kinds).length > 0, 'names no column'),
  }),
  /** A statement of the pack's own, per dialect; it runs while the post-condition finds rows, and has to bear being repeated. */
  z.strictObject({
    ...ruleBase,
    action: z.literal('sql'),
    where: z.never('is not for a statement, which says itself which rows it means').optional(),
    statements: z
      .strictObject({ mssql: statement.optional(), postgres: statement.optional() })
      .refine(
        ({ mssql, postgres }) => mssql !== undefined || postgres !== undefined,
        'names neither mssql nor postgres',
      ),
  }),
]);

const element = z
  .strictObject({
    id,
    /** As people read it on the plan. */
    title: text,
    /** The sentence that asks for it, quoted exactly. */
    source: text,
    disposition: z.enum(['cleared', 'kept-from-target']),
    reason: text,
    rules: z.array(rule).min(1),
  })
  .superRefine(({ disposition, rules }, context) => {
    for (const [index, { action, database }] of rules.entries()) {
      if (database === 'financialReporting' && action.startsWith('keep-')) {
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'database'],
          message:
            'has nothing that is kept from the target: the Financial Reporting database comes from the source as a whole',
          params: { remedy: 'delete, set, clear or mask instead' },
        });
      }
      if (disposition === 'cleared' && action.startsWith('keep-')) {
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'action'],
          message: `${action} keeps data of the target, but the element says cleared`,
          params: { remedy: 'write disposition: kept-from-target' },
        });
      }
    }
  });

/** Columns that somebody answers for: no rule is needed, and coverage does not ask about them. */
const declaration = z.strictObject({
  table: tablePattern,
  schema: name.optional(),
  columns: z.union([z.literal('all'), z.array(columnPattern).min(1)], 'is neither all nor a list of names'),
  reason: text,
  owner: text,
  /** The day on which it was decided. */
  date: z.string().refine((day) => z.iso.date().safeParse(day).success, 'is not a day, like 2026-11-30'),
});

export const rulePack = z
  .strictObject({
    name: id,
    title: text,
    /** Other packs whose elements come first. */
    extends: z.union([id, z.array(id).min(1)], 'is neither the name of a pack nor a list of them').optional(),
    /** Rules of the packs it extends that are not carried out. */
    drops: z
      .array(z.strictObject({ rule: id, reason: text }))
      .min(1)
      .optional(),
    harmless: z.array(declaration).min(1).optional(),
    /** Left out only where the pack declares something harmless. */
    elements: z.array(element).min(1).default([]),
  })
  .superRefine(({ elements, harmless }, context) => {
    if (elements.length === 0 && harmless === undefined)
      context.addIssue({ code: 'custom', path: ['elements'], message: 'is missing' });
    const seen = new Set<string>();
    for (const [e, { id, rules }] of elements.entries()) {
      for (const [path, each] of [
        [['elements', e, 'id'], `element ${id}`] as const,
        ...rules.map((rule, r) => [['elements', e, 'rules', r, 'id'], `rule ${rule.id}`] as const),
      ]) {
        if (seen.has(each)) {
          const params = { remedy: 'give one of them another id' };
          context.addIssue({ code: 'custom', path: [...path], message: `${each} stands here twice`, params });
        }
        seen.add(each);
      }
    }
  });

export interface RulePack extends Readonly<z.infer<typeof rulePack>> {
  /** Where each of its rules begins in its file, by the rule's id; says nothing of what the pack does. */
  readonly lines?: ReadonlyMap<string, number>;
}
export type Rule = Readonly<z.infer<typeof rule>>;

/**
 * Reads one pack from a parsed YAML document; `placeOf` says where something stands in its file.
 * @throws PackInvalidError with every problem and its place.
 */
export function parsePack(document: unknown, fileName: string, placeOf?: PlaceOf): RulePack {
  const result = rulePack.safeParse(document);
  if (result.success)
    return placeOf === undefined ? result.data : { ...result.data, lines: linesOf(result.data, placeOf) };
  throw new PackInvalidError(fileName, problemsIn(result.error, { document, placeOf }));
}

function linesOf({ elements }: RulePack, placeOf: PlaceOf): ReadonlyMap<string, number> {
  return new Map(
    elements.flatMap(({ rules }, e) =>
      rules.flatMap(({ id: rule }, r) => {
        const line = placeOf(['elements', e, 'rules', r])?.line;
        return line === undefined ? [] : [[rule, line] as const];
      }),
    ),
  );
}

export function extendedBy(pack: Pick<RulePack, 'extends'>): readonly string[] {
  return [pack.extends ?? []].flat();
}

/** A list of rules in the order in which they run: all, or those of one database. */
export function rulesOf(packs: readonly RulePack[], database?: DatabaseRole): readonly Rule[] {
  const rules = packs.flatMap((pack) => pack.elements.flatMap((each) => each.rules));
  return database === undefined ? rules : rules.filter((rule) => databaseOf(rule) === database);
}

/** Whether a rule is for that database, so that it has to be opened at all. */
export const speaksOf = (packs: readonly RulePack[], database: DatabaseRole): boolean =>
  rulesOf(packs, database).length > 0;

export const databaseOf = ({ database = 'application' }: Pick<Rule, 'database'>): DatabaseRole => database;
