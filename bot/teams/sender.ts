import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Person } from '../../engine/contracts.ts';
import type { ChatReader } from '../../engine/journal/reach.ts';
import { isZone } from '../moments/zones.ts';

const channelDataSchema = z.object({ tenant: z.object({ id: z.string() }) });
const clientInfoSchema = z.object({
  type: z.literal('clientInfo'),
  timezone: z.string().optional(),
  locale: z.string().optional(),
});

/**
 * The person behind a verified activity, by Entra object id and tenant; undefined when either is missing or the
 * activity names two tenants. The name is for people to read.
 */
export function personOf(activity: Activity): Person | undefined {
  const named = channelDataSchema.safeParse(activity.channelData).data?.tenant.id;
  const tenantId = activity.conversation.tenantId ?? named;
  const id = activity.from.aadObjectId;
  if (!id || !tenantId || (named !== undefined && named !== tenantId)) return undefined;
  return { id, tenantId, name: activity.from.name?.trim().slice(0, 100) || 'Somebody' };
}

const PEOPLE_REMEMBERED = 10_000;

/** Some activities do not tell the zone, so the last one told is remembered per person; UTC before that. */
export function createZones(): (activity: Activity, personId: string) => string {
  const known = new Map<string, string>();
  return (activity, personId) => {
    const told = zoneIn(activity);
    if (told === undefined) return known.get(personId) ?? 'UTC';
    known.delete(personId);
    known.set(personId, told);
    const oldest = known.keys().next().value;
    if (known.size > PEOPLE_REMEMBERED && oldest !== undefined) known.delete(oldest);
    return told;
  };
}

const zoneIn = (activity: Activity): string | undefined =>
  [activity.localTimezone, clientInfoOf(activity)?.timezone].find((zone) => zone !== undefined && isZone(zone));

/** How its sender reads times and dates, where the activity says it. */
export function readerIn(activity: Activity): ChatReader | undefined {
  const zone = zoneIn(activity);
  return zone === undefined ? undefined : { zone, locale: localeOf(activity) };
}

/** BCP 47, as the client says it; English otherwise. */
export function localeOf(activity: Activity): string {
  const told = activity.locale ?? clientInfoOf(activity)?.locale ?? 'en';
  return /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(told) ? told : 'en';
}

function clientInfoOf(activity: Activity): z.infer<typeof clientInfoSchema> | undefined {
  return activity.entities?.map((entity) => clientInfoSchema.safeParse(entity).data).find((info) => info !== undefined);
}

const mentionSchema = z.object({
  type: z.literal('mention'),
  text: z.string(),
  mentioned: z.object({ id: z.string() }),
});

/** Texts by which the message mentions the bot itself. */
export function mentionsOfBot(activity: Activity): string[] {
  return (activity.entities ?? [])
    .map((entity) => mentionSchema.safeParse(entity).data)
    .filter((mention) => mention?.mentioned.id === activity.recipient.id)
    .map((mention) => mention?.text ?? '');
}
