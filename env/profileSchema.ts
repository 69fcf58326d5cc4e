import { z } from 'zod';
import { NOT_FOR_SETTINGS, type Profile } from '../engine/contracts.ts';
import { durationMs } from './duration.ts';

const DAY = 24 * 3_600_000;

const text = z.string().trim().min(1, 'is empty').max(255);
const name = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,127}$/, 'is not a name in upper case, as Finance & Operations has it in the database');
const table = name.refine(
  (one) => !NOT_FOR_SETTINGS.some((beginning) => one.startsWith(beginning)),
  'is a table that no setting and no value of a profile writes: users, roles, jobs, clients, endpoints and features have keys of their own, and number sequences follow the source',
);
/** What the server counts itself, and what only means something in its own database. */
const column = name.refine(
  (one) => !['RECID', 'RECVERSION', 'PARTITION', 'SYSROWVERSION'].includes(one),
  'is written by the application alone',
);
const columns = z.array(column).min(1);
const values = z
  .record(column, z.union([z.string(), z.int()]))
  .refine((each) => Object.keys(each).length > 0, 'names no column');
const unique = (list: readonly string[]): boolean =>
  new Set(list.map((each) => each.toLowerCase())).size === list.length;
const names = z.array(text).min(1).refine(unique, 'names something twice');

/** How a sandbox comes up after a refresh: docs/profile.md. */
export const profileSchema = z
  .strictObject({
    users: z
      .strictObject({
        enable: z.union([z.literal('as-before'), names]),
        administrators: z.array(text).default([]),
        privilegedRoles: z.array(text).default([]),
      })
      .optional(),
    jobs: z
      .array(z.strictObject({ caption: text, company: text, class: text }))
      .min(1)
      .optional(),
    settings: z
      .array(z.strictObject({ table, key: columns, columns }))
      .min(1)
      .optional(),
    values: z
      .array(z.strictObject({ table, where: values, set: values }))
      .min(1)
      .optional(),
    features: names.optional(),
    clients: names.optional(),
    endpoints: names.optional(),
    theme: z.int().min(0).max(100).optional(),
    banner: z.literal('from-sandbox').optional(),
    listKept: durationMs
      .default(30 * DAY)
      .refine((ms) => ms >= DAY, 'must be a day at least: operators read the list after the switch')
      .refine((ms) => ms <= 180 * DAY, 'must not exceed 180d: the list names users'),
  })
  // Without users the copy keeps production's roles, and a client would act as one of production's users.
  .refine(({ clients, users }) => clients === undefined || users !== undefined, {
    path: ['clients'],
    message:
      'needs users beside it: without users the roles stay production’s, and a client would act with them; add users with those whom the clients act as, or take clients out',
  })
  .transform(({ listKept, ...profile }): Profile => ({ ...said(profile), listKeptMs: listKept }));

/** Without the keys that say nothing, so that the same profile has the same digest however it came about. */
function said<Document extends object>(document: Document): Document {
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined)) as Document;
}
