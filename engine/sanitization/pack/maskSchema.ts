import { z } from 'zod';

/** What stands in a column after a mask: made-up people and places, or characters that mean nothing. */
const MASK_KINDS = ['token', 'person', 'company', 'street', 'city', 'phone', 'email', 'iban', 'tax-number'] as const;

const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/;

/** `person`; `{ person: first }` for a column of its own; `{ token: 12 }`: how many characters; `{ email: test.contoso.com }`: at which domain, instead of masked.invalid. */
export const maskKind = z.union(
  [
    z.enum(MASK_KINDS),
    z.strictObject({ token: z.int().min(8).max(64) }),
    z.strictObject({ person: z.enum(['first', 'last']) }),
    z.strictObject({ email: z.string().max(60).regex(label) }),
  ],
  {
    error: `is none of ${MASK_KINDS.join(', ')}, { token: 8 to 64 }, { person: first }, { person: last } and { email: a domain in small letters }`,
  },
);

export type MaskKind = z.infer<typeof maskKind>;
