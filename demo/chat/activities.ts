import { randomUUID } from 'node:crypto';
import type { Instant } from '../../engine/contracts.ts';
import { TEAM, TENANT_ID, type DemoPerson } from '../people.ts';
import { addressOf, type Conversation, type Message } from './conversations.ts';

/** A person as their client introduces them with everything they do. */
export interface Voice {
  readonly person: DemoPerson;
  readonly locale: string;
  /** IANA. */
  readonly timeZone: string;
}

export interface Line {
  readonly serviceUrl: string;
  readonly botAppId: string;
  readonly now: Instant;
}

type Activity = Readonly<Record<string, unknown>>;

const MENTION = '<at>Rewind</at>';

/** In a group chat or channel a bot only hears what mentions it. */
export const mentionsRewind = (text: string): boolean => /@rewind\b/i.test(text);

export function messageActivity(line: Line, voice: Voice, conversation: Conversation, message: Message): Activity {
  const isMention = mentionsRewind(message.text);
  return {
    ...activityOf(line, voice, conversation, addressOf(message)),
    type: 'message',
    id: message.id,
    text: message.text.replace(/@rewind\b/i, MENTION),
    textFormat: 'plain',
    entities: [
      ...(isMention
        ? [{ type: 'mention', text: MENTION, mentioned: { id: `28:${line.botAppId}`, name: 'Rewind' } }]
        : []),
      clientInfo(voice),
    ],
  };
}

/** A click on an `Action.Execute`. */
export function clickActivity(
  line: Line,
  voice: Voice,
  conversation: Conversation,
  { message, verb, data }: { readonly message: Message; readonly verb: string; readonly data: unknown },
): Activity {
  return {
    ...activityOf(line, voice, conversation, addressOf(message)),
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: message.id,
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
  };
}

/** What Teams sends when somebody adds the app to a conversation or takes it away. */
export function installationActivity(line: Line, voice: Voice, conversation: Conversation): Activity {
  return {
    ...activityOf(line, voice, conversation, conversation.id),
    type: 'installationUpdate',
    action: conversation.isInstalled ? 'add' : 'remove',
  };
}

function activityOf({ serviceUrl, botAppId, now }: Line, voice: Voice, { kind }: Conversation, address: string) {
  const { person, locale, timeZone } = voice;
  return {
    id: randomUUID(),
    timestamp: now,
    channelId: 'msteams',
    serviceUrl,
    from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
    recipient: { id: `28:${botAppId}`, name: 'Rewind' },
    conversation: { id: address, conversationType: kind, isGroup: kind !== 'personal', tenantId: TENANT_ID },
    channelData: {
      tenant: { id: TENANT_ID },
      ...(kind === 'channel' && { team: { id: TEAM.id }, channel: { id: TEAM.channel.id } }),
    },
    locale,
    localTimezone: timeZone,
    entities: [clientInfo(voice)],
  };
}

function clientInfo({ locale, timeZone }: Voice) {
  return { type: 'clientInfo', locale, country: locale.split('-')[1] ?? '', platform: 'Web', timezone: timeZone };
}
