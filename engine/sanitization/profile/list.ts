import { z } from 'zod';
import { hashOf } from './rows.ts';

const grant = z.strictObject({ role: z.string(), terms: z.string(), title: z.string().optional() });
const user = z.strictObject({ id: z.string(), identity: z.string(), grants: z.array(grant) });
const content = z.strictObject({ key: z.string(), content: z.string() });

/**
 * What the sandbox is when the plan is made, as far as the profile gives something of it back: ids, roles and hashes, no value. Kept by
 * the journal apart from the plan, which is bound to it by its hash.
 */
export const plannedList = z.strictObject({
  users: z.array(user),
  /** Accounts of the servers, for their roles. */
  services: z.array(user),
  clients: z.array(content),
  endpoints: z.array(content),
  /** By the number of the setting and the hash of a row's key. */
  settings: z.array(z.strictObject({ n: z.number(), key: z.string(), content: z.string() })),
});
export type PlannedList = z.infer<typeof plannedList>;

export const textOfList = (list: PlannedList): string => JSON.stringify(list);
/** Of its text as it is kept. */
export const digestOfList = (text: string): string => hashOf([text]);
