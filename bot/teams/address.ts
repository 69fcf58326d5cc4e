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
  botId: z.string(),
  messageId: z.string().optional(),
});
export type TeamsAddress = z.infer<typeof addressSchema>;

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

/** In a channel, the thread is written behind the conversation's id. */
export function conversationOf({ conversationId }: Pick<TeamsAddress, 'conversationId'>): string {
  return conversationId.split(';')[0] ?? conversationId;
}
