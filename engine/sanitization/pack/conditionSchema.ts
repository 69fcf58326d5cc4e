import { z } from 'zod';
import { reasonOf } from '../../plainReasons.ts';
import { maskKind } from './maskSchema.ts';

/** Finance & Operations names its tables and columns in upper case; 128 characters is SQL Server's limit. */
export const name = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,127}$/, 'is not a name in upper case, as Finance & Operations has it in the database');
/** One name, or all that begin with these letters: `CONTOSO*`. */
export const tablePattern = z
  .string()
  .regex(
    /^[A-Z][A-Z0-9_]{0,127}$|^[A-Z][A-Z0-9_]{2,126}\*$/,
    'is neither a name in upper case nor the beginning of one with a * behind',
  );
/** The same; a * may stand before it as well. */
export const columnPattern = z
  .string()
  .regex(
    /^[A-Z][A-Z0-9_]{0,127}$|^\*?[A-Z0-9_]{3,126}\*?$/,
    'is neither a name in upper case nor a part of one with a * at its end',
  );

/** Whether a name is meant by a pattern as packs write it. */
export function isMeantBy(pattern: string, name: string): boolean {
  const [begins, ends] = [pattern.startsWith('*'), pattern.endsWith('*')];
  const part = pattern.replaceAll('*', '');
  if (begins && ends) return name.includes(part);
  if (begins) return name.endsWith(part);
  return ends ? name.startsWith(part) : name === part;
}

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
  /** Neither empty nor of the form that a mask of this kind gives. */
  notMasked: maskKind,
};

const plainCondition = z.strictObject({
  column: name,
  ...z.strictObject(conditionKinds).partial().shape,
});

/** The one row of another table that gives a value: `{ from: { table: PARTITIONS, column: RECID, where: [...] } }`. */
const reference = z.strictObject({
  from: z.strictObject({ table: name, column: name, where: z.array(plainCondition.superRefine(oneKind)).min(1) }),
});
export const value = z.union([literal, z.null(), administratorValue, reference], {
  error: 'is none of text, a whole number, null, { administrator: … } and { from: … }',
});

const simpleCondition = plainCondition.extend({ differs: value.optional() }).superRefine(oneKind);
/** Conditions of a list hold together; `any` holds when one of its conditions does. */
const condition = z.union([simpleCondition, z.strictObject({ any: z.array(simpleCondition).min(2) })], {
  error: (issue) => ({ message: firstReason(issue) }),
});
export const conditions = z.array(condition).min(1);

export type Condition = z.infer<typeof condition>;
export type SimpleCondition = z.infer<typeof simpleCondition>;
export type Value = z.infer<typeof value>;
export type Reference = z.infer<typeof reference>;

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
    // Zod's own issues, as it hands them to the error of a union.
    .array(z.array(z.custom<z.core.$ZodIssue>()))
    .safeParse(issue.errors);
  const first = errors.data?.flat()[0];
  return [
    'is not a condition',
    ...(first === undefined ? [] : [[...first.path, reasonOf(first)].map(String).join(' ')]),
  ].join(': ');
}
