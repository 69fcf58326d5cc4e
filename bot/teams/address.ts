import type { Activity, ConversationReference } from 'botbuilder';
import { z } from 'zod';
import type { CardAddress } from '../../engine/contracts.ts';

/** What the journal keeps of a Teams message: enough to write to it from any process. */
const addressSchema = z.object({
  chat: z.literal('teams'),
  serviceUrl: z.string(),
  channelId: z.string(),
  conversationId: z.string(),
  conversationType: z.string().optional(),
  tenantId: z.string().optional(),
  /** Of a channel: Rewind is added to teams, not to single channels. */
  teamId: z.string().optional(),
  botId: z.string(),
  messageId: z.string().optional(),
});
export type TeamsAddress = z.infer<typeof addressSchema>;

const teamSchema = z.object({ team: z.object({ id: z.string() }) });

export function readAddress(address: CardAddress): TeamsAddress {
  return addressSchema.parse(address);
}

/** The conversation an activity came from. */
export function addressOf(activity: Activity): TeamsAddress {
  return {
    chat: 'teams',
    serviceUrl: activity.serviceUrl,
    channelId: activity.channelId,
    conversationId: activity.conversation.id,
    conversationType: activity.conversation.conversationType,
    tenantId: activity.conversation.tenantId,
    teamId: teamSchema.safeParse(activity.channelData).data?.team.id,
    botId: activity.recipient.id,
  };
}

export function referenceOf(address: TeamsAddress): Partial<ConversationReference> {
  return {
    serviceUrl: address.serviceUrl,
    channelId: address.channelId,
    bot: { id: address.botId, name: '' },
    conversation: {
      id: address.conversationId,
      name: '',
      isGroup: address.conversationType !== 'personal',
      conversationType: address.conversationType ?? '',
      tenantId: address.tenantId,
    },
  };
}

/** Of a channel as such: a message there begins a thread. */
export const isChannelItself = ({ conversationId, conversationType }: TeamsAddress): boolean =>
  conversationType === 'channel' && !conversationId.includes(';');

/** Where Teams is for whoever has not written yet; it knows by the tenant where that is. */
const WORLDWIDE = 'https://smba.trafficmanager.net/teams/';

/** A conversation that Rewind has not heard from; channels of Teams are known by the end of their ids. */
export function addressOfId(
  conversationId: string,
  { tenantId, botId, near }: { readonly tenantId: string; readonly botId: string; readonly near?: TeamsAddress },
): TeamsAddress {
  return {
    chat: 'teams',
    serviceUrl: near?.serviceUrl ?? WORLDWIDE,
    channelId: near?.channelId ?? 'msteams',
    conversationId,
    conversationType: /@thread\.(tacv2|skype)$/.test(conversationId) ? 'channel' : 'groupChat',
    tenantId,
    botId: near?.botId ?? botId,
  };
}

/** A team's id is that of its general channel, so that an address from before `teamId` was kept is told apart by it as well. */
export function isSameMembership(one: TeamsAddress, other: TeamsAddress): boolean {
  const homes = ({ teamId, ...address }: TeamsAddress) => [conversationOf(address), ...(teamId ? [teamId] : [])];
  return homes(one).some((home) => homes(other).includes(home));
}

/** In a channel, the thread is written behind the conversation's id. */
export function conversationOf({ conversationId }: Pick<TeamsAddress, 'conversationId'>): string {
  return conversationId.split(';')[0] ?? conversationId;
}
