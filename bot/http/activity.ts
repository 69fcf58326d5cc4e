import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { Refusal } from './refusal.ts';

const maxDepth = 32;
/** A card with every input filled in, and a message with every mention that fits, have some hundred. */
const maxParts = 2_000;
const shortText = z.string().max(1_024);
const time = z.iso.datetime({ offset: true });
/** Half a character cannot be written into an address. */
const id = shortText.refine((value) => value.isWellFormed());
const account = z.looseObject({
  id: id.min(1),
  aadObjectId: id.optional(),
  name: shortText.nullish(),
  role: shortText.nullish(),
});
const conversation = z.looseObject({
  id: id.min(1),
  name: shortText.nullish(),
  conversationType: shortText.optional(),
  tenantId: shortText.optional(),
  isGroup: z.boolean().nullish(),
});

/**
 * What every activity must have before anything else looks at it, and the type of every part that Rewind or the SDK reads
 * from any kind of activity. Parts that are not named here pass through unread.
 */
const envelopeSchema = z.looseObject({
  type: shortText.min(1),
  id: id.optional(),
  // Another channel would be authenticated along another path of the SDK.
  channelId: z.literal('msteams'),
  serviceUrl: id.min(1),
  from: account,
  recipient: account,
  conversation,
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: shortText }).optional(),
      // `null` stands for none in some events of Teams.
      team: z.looseObject({ id }).nullish(),
    })
    .optional(),
  // One that is too long to be a command is answered, and the body as a whole has its limit.
  text: z.string().nullish(),
  textFormat: shortText.nullish(),
  name: shortText.nullish(),
  action: shortText.nullish(),
  code: shortText.nullish(),
  label: shortText.nullish(),
  valueType: shortText.nullish(),
  replyToId: id.nullish(),
  locale: shortText.nullish(),
  localTimezone: shortText.nullish(),
  deliveryMode: shortText.nullish(),
  importance: shortText.nullish(),
  inputHint: shortText.nullish(),
  speak: z.string().nullish(),
  summary: z.string().nullish(),
  topicName: z.string().nullish(),
  attachmentLayout: shortText.nullish(),
  historyDisclosed: z.boolean().nullish(),
  entities: z.array(z.looseObject({ type: shortText })).nullish(),
  attachments: z
    .array(
      z.looseObject({
        contentType: shortText,
        contentUrl: z.string().nullish(),
        name: z.string().nullish(),
        thumbnailUrl: z.string().nullish(),
      }),
    )
    .nullish(),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
  reactionsAdded: z.array(z.looseObject({ type: shortText })).nullish(),
  reactionsRemoved: z.array(z.looseObject({ type: shortText })).nullish(),
  suggestedActions: z.looseObject({}).nullish(),
  relatesTo: z.looseObject({ conversation: conversation.nullish() }).nullish(),
  timestamp: time.optional(),
  localTimestamp: time.optional(),
  expiration: time.optional(),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** Of a click: the data of its button is read by the button itself, what lies around it is read here. */
const invokeSchema = z.looseObject({
  value: z
    .looseObject({
      action: z.looseObject({ type: shortText.nullish(), verb: z.string().nullish() }).nullish(),
      trigger: shortText.nullish(),
      state: z.string().nullish(),
    })
    .nullish(),
});

/** @throws Refusal 400 */
export function parseEnvelope(body: unknown): Envelope {
  refuseShape(body);
  const parsed = envelopeSchema.safeParse(body);
  const issues = [parsed, ...(parsed.data?.type === 'invoke' ? [invokeSchema.safeParse(body)] : [])].flatMap(
    ({ error }) => error?.issues ?? [],
  );
  if (parsed.success && issues.length === 0) return parsed.data;
  // Not which of many members: the reason of a refusal is one of few.
  const where = issues.map(({ path }) => path.filter((part) => typeof part === 'string').join('.'));
  throw new Refusal(400, `not an activity: ${[...new Set(where)].slice(0, 5).join(', ')}`);
}

/** The activity as the SDK's own HTTP entry would make it: times as dates, the original text beside them. */
export function toActivity(envelope: Envelope): Activity {
  const { timestamp, localTimestamp, expiration, ...rest } = envelope;
  return {
    // The SDK tells what is missing by `undefined` alone.
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)),
    ...(timestamp && { timestamp: new Date(timestamp), rawTimestamp: timestamp }),
    ...(localTimestamp && { localTimestamp: new Date(localTimestamp), rawLocalTimestamp: localTimestamp }),
    ...(expiration && { expiration: new Date(expiration), rawExpiration: expiration }),
    // The SDK declares every field of every kind of activity as present; the envelope checked those that are read.
  } as unknown as Activity;
}

/** The tenants that an activity names; both places have to agree with ours. */
export function tenantsOf({ conversation: { tenantId }, channelData }: Envelope): string[] {
  return [tenantId, channelData?.tenant?.id].filter((tenant) => tenant !== undefined);
}

/** Before the schema, which would report each of many thousand faults. */
function refuseShape(body: unknown): void {
  let count = 0;
  // What somebody typed is answered as a command that does not exist.
  const typed = typeof body === 'object' && body !== null && 'text' in body ? body.text : undefined;
  // Without recursion: a body may nest deeper than the stack.
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    count += level.length;
    if (depth > maxDepth) throw new Refusal(400, `nested deeper than ${maxDepth}`);
    if (count > maxParts) throw new Refusal(400, `made of more than ${maxParts} parts`);
    if (level.some((item) => item !== typed && holdsNul(item))) throw new Refusal(400, 'holds a NUL');
    const objects = level.filter((item) => typeof item === 'object' && item !== null);
    // The SDK copies parts of an activity by assignment, which would give the copy this prototype.
    if (objects.some((item) => Object.hasOwn(item, '__proto__'))) throw new Refusal(400, 'names a prototype');
    level = objects.flatMap((item): unknown[] => Object.values(item));
  }
}

/** No journal keeps such a text. */
function holdsNul(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\0');
}
