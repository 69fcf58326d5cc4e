import { z } from 'zod';
import { PackInvalidError } from '../errors.ts';

/** Finance & Operations names its tables and columns in upper case; 128 characters is SQL Server's limit. */
const name = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,127}$/, 'is not a name in upper case, as Finance & Operations has it in the database');
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not in kebab-case');
const text = z.string().trim().min(1, 'is empty');
const literal = z.union([z.string(), z.int()], 'is neither text nor a whole number');

/** What the environments file says about the target's System Administrator account. */
const administratorValue = z.strictObject({
  administrator: z.enum(['signIn', 'objectId', 'tenantId', 'identityProvider']),
});

const conditionKinds = {
  equals: z.union([literal, administratorValue]),
  in: z.array(literal).min(1),
  notIn: z.array(literal).min(1),
  like: z.string().min(1),
  isNotNull: z.literal(true),
  /** Neither NULL nor the empty value of the column's type. */
  isNotEmpty: z.literal(true),
};

const plainCondition = z.strictObject({
  column: name,
  ...z.strictObject(conditionKinds).partial().shape,
});

/** The one row of another table that gives a value: `{ from: { table: PARTITIONS, column: RECID, where: [...] } }`. */
const reference = z.strictObject({
  from: z.strictObject({ table: name, column: name, where: z.array(plainCondition.superRefine(oneKind)).min(1) }),
});
const value = z.union([literal, z.null(), administratorValue, reference], {
  error: 'is none of text, a whole number, null, { administrator: … } and { from: … }',
});

const simpleCondition = plainCondition.extend({ differs: value.optional() }).superRefine(oneKind);
/** Conditions of a list hold together; `any` holds when one of its conditions does. */
const condition = z.union([simpleCondition, z.strictObject({ any: z.array(simpleCondition).min(2) })], {
  error: (issue) => ({ message: firstReason(issue) }),
});
const conditions = z.array(condition).min(1);

const ruleBase = {
  id,
  table: name,
  /** `fail`: a database without the table is not a Finance & Operations database. */
  whenAbsent: z.enum(['fail', 'skip']).default('skip'),
  /** Only for columns that Microsoft has retired: everywhere else a missing column is schema drift. */
  whenColumnAbsent: z.enum(['fail', 'skip']).default('fail'),
  /** Which rows; all when absent. */
  where: conditions.optional(),
  /** Triggers of the table rest while its rows change. */
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
};
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
    for (const [index, { action }] of rules.entries()) {
      if (disposition === 'cleared' && action.startsWith('keep-')) {
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'action'],
          message: `${action} keeps data of the target, but the element says cleared`,
        });
      }
    }
  });

const rulePack = z
  .strictObject({
    name: id,
    title: text,
    /** Another pack whose elements come first. */
    extends: id.optional(),
    elements: z.array(element).min(1),
  })
  .superRefine(({ elements }, context) => {
    const seen = new Set<string>();
    for (const [e, { id, rules }] of elements.entries()) {
      for (const [path, each] of [
        [['elements', e, 'id'], `element ${id}`] as const,
        ...rules.map((rule, r) => [['elements', e, 'rules', r, 'id'], `rule ${rule.id}`] as const),
      ]) {
        if (seen.has(each)) context.addIssue({ code: 'custom', path: [...path], message: `${each} stands here twice` });
        seen.add(each);
      }
    }
  });

export type RulePack = Readonly<z.infer<typeof rulePack>>;
export type Rule = Readonly<z.infer<typeof rule>>;
export type Condition = z.infer<typeof condition>;
export type SimpleCondition = z.infer<typeof simpleCondition>;
export type Value = z.infer<typeof value>;
export type Reference = z.infer<typeof reference>;

/**
 * Reads one pack from a parsed YAML document.
 * @throws PackInvalidError with every problem and its place.
 */
export function parsePack(document: unknown, fileName: string): RulePack {
  const result = rulePack.safeParse(document);
  if (result.success) return result.data;
  throw new PackInvalidError(
    fileName,
    result.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`),
  );
}

/** A list of rules in the order in which they run. */
export function rulesOf(packs: readonly RulePack[]): readonly Rule[] {
  return packs.flatMap((pack) => pack.elements.flatMap((each) => each.rules));
}

function oneKind(value: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
  const kinds = Object.keys(value).filter((key) => key !== 'column' && value[key] !== undefined);
  if (kinds.length === 1) return;
  const known = [...Object.keys(conditionKinds), 'differs'].join(', ');
  context.addIssue({
    code: 'custom',
    message: `a condition says exactly one of ${known}; this one: ${kinds.join(', ') || 'nothing'}`,
  });
}

/** A union reports only that no member fits; the first member's reason is the one that helps. */
function firstReason(issue: { readonly errors?: unknown }): string {
  const errors = z
    .array(z.array(z.object({ message: z.string(), path: z.array(z.unknown()) })))
    .safeParse(issue.errors);
  const first = errors.data?.flat()[0];
  return [
    'is not a condition',
    ...(first === undefined ? [] : [[...first.path, first.message].map(String).join(' ')]),
  ].join(': ');
}

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the document';
  return path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${String(key)}]` : place === '' ? String(key) : `${place}.${String(key)}`,
    '',
  );
}
