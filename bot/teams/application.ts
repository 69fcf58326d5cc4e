import { Application } from '@microsoft/teams-ai';
import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { ChatHandlers, Place } from '../chat/port.ts';
import { readText, whyUnread } from '../chat/readText.ts';
import { addressOf, conversationOf } from './address.ts';
import { answerInvoke, readInvoke } from './invoke.ts';
import { createZones, localeOf, mentionsOfBot, personOf, readerIn } from './sender.ts';

/**
 * Turns of Teams into commands and actions. The library's own routes are few on purpose: its text routes match
 * substrings, its card routes answer 501 to an unknown verb and keep a handler's response mode for later calls.
 */
export function createTeamsApplication(handlers: ChatHandlers): (context: TurnContext) => Promise<void> {
  const app = new SilentApplication({ longRunningMessages: false, removeRecipientMention: false });
  const zoneOf = createZones();

  app.addRoute(
    async ({ activity }) => activity.type === INVOKE,
    async (context) => {
      const { activity } = context;
      const place = placeOf(context);
      const person = personOf(activity);
      if (!person) return answerInvoke(context, handlers.onStranger());
      const invoke = activity.name === 'adaptiveCard/action' ? readInvoke(activity.value) : undefined;
      const card = await handlers.onAction({
        activityId: activity.id ?? '',
        verb: invoke?.verb ?? '',
        data: invoke?.data ?? {},
        person,
        place,
        zone: zoneOf(activity, person.id),
        locale: localeOf(activity),
        told: readerIn(activity),
        message: activity.replyToId ? { ...place.address, messageId: activity.replyToId } : undefined,
      });
      return answerInvoke(context, card);
    },
    true,
  );

  app.activity(ActivityTypes.Message, async (context) => {
    const { activity } = context;
    const place = placeOf(context);
    const person = personOf(activity);
    if (!person) return handlers.reply(place, handlers.onStranger());
    await handlers.onCommand({
      text: readText(activity.text ?? '', mentionsOfBot(activity)),
      unread: whyUnread(activity.text ?? '', mentionsOfBot(activity)),
      person,
      place,
      zone: zoneOf(activity, person.id),
      locale: localeOf(activity),
      told: readerIn(activity),
      activityId: activity.id ?? '',
    });
  });

  app.activity(ActivityTypes.InstallationUpdate, async ({ activity }) => {
    if (activity.action?.startsWith('add')) await handlers.onAdded(addressOf(activity), personOf(activity));
    if (activity.action?.startsWith('remove')) await handlers.onRemoved(addressOf(activity), personOf(activity));
  });
  app.activity(ActivityTypes.ConversationUpdate, async ({ activity }) => {
    const isAdded = activity.membersAdded?.some(({ id }) => id === activity.recipient.id);
    if (isAdded) await handlers.onAdded(addressOf(activity), personOf(activity));
  });

  return async (context) => {
    await app.run(context);
  };
}

/**
 * The library sends “typing” in turns of a second and more, whatever its option `startTypingTimer` says; an answer of Rewind
 * goes through the outbox, so the library would never learn that it has been given.
 */
class SilentApplication extends Application {
  override startTypingTimer(): void {}
}

/** An activity's type is a plain text; the SDK's names for them are an enum. */
const INVOKE: string = ActivityTypes.Invoke;

function placeOf({ activity }: TurnContext): Place {
  const address = addressOf(activity);
  return { address, conversation: conversationOf(address) };
}
