import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { Refusal } from './refusal.ts';

const maxDepth = 32;
const shortText = z.string().max(1_024);
const account = z.looseObject({ id: shortText.min(1), aadObjectId: shortText.optional(), name: shortText.optional() });

/** What every activity must have before anything else looks at it; the rest passes through unread. */
const envelopeSchema = z.looseObject({
  type: shortText.min(1),
  id: shortText.optional(),
  // Another channel would be authenticated along another path of the SDK.
  channelId: z.literal('msteams'),
  serviceUrl: shortText.min(1),
  from: account,
  recipient: account,
  conversation: z.looseObject({ id: shortText.min(1), tenantId: shortText.optional() }),
  channelData: z.looseObject({ tenant: z.looseObject({ id: shortText }).optional() }).optional(),
  text: z.string().optional(),
  timestamp: z.iso.datetime({ offset: true }).optional(),
  localTimestamp: z.iso.datetime({ offset: true }).optional(),
  expiration: z.iso.datetime({ offset: true }).optional(),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** @throws Refusal 400 */
export function parseEnvelope(body: unknown): Envelope {
  if (isDeeperThan(body, maxDepth)) throw new Refusal(400, `nested deeper than ${maxDepth}`);
  const parsed = envelopeSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Refusal(400, `not an activity: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
}

/** The activity as the SDK's own HTTP entry would make it: times as dates, the original text beside them. */
export function toActivity(envelope: Envelope): Activity {
  const { timestamp, localTimestamp, expiration, ...rest } = envelope;
  return {
    ...rest,
    ...(timestamp && { timestamp: new Date(timestamp), rawTimestamp: timestamp }),
    ...(localTimestamp && { localTimestamp: new Date(localTimestamp), rawLocalTimestamp: localTimestamp }),
    ...(expiration && { expiration: new Date(expiration), rawExpiration: expiration }),
    // The SDK declares every field of every kind of activity as present; the envelope checked those that are needed.
  } as unknown as Activity;
}

/** The tenants that an activity names; both places have to agree with ours. */
export function tenantsOf({ conversation, channelData }: Envelope): string[] {
  return [conversation.tenantId, channelData?.tenant?.id].filter((tenant) => tenant !== undefined);
}

/** Without recursion: a body may nest deeper than the stack. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
