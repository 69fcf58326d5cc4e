import { ActivityTypes, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Card } from '../../cards/index.ts';

const invokeSchema = z.object({
  action: z.object({ verb: z.string().max(64), data: z.unknown().optional() }),
});

/** Verb and data of an `Action.Execute`; undefined when the value is nothing of the kind. */
export function readInvoke(value: unknown): { readonly verb: string; readonly data: unknown } | undefined {
  const parsed = invokeSchema.safeParse(value);
  return parsed.success ? { verb: parsed.data.action.verb, data: parsed.data.action.data ?? {} } : undefined;
}

/** The answer to a click: Teams shows `card` in place of the one that was clicked. Without an answer it would be a 501. */
export async function answerInvoke(context: TurnContext, card: Card): Promise<void> {
  await context.sendActivity({
    type: ActivityTypes.InvokeResponse,
    value: {
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
    },
  });
}
