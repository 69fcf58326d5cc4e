import { JONAS, MIRA } from '../people.ts';
import type { Demo } from '../startDemo.ts';
import { openClient } from './client.ts';
import { serveChatPage } from './pageServer.ts';

/** The way into a running demo for people: Jonas Weber asks on the left, Mira Okafor approves on the right. Ends with the demo. */
export async function openChatPage({ supervisor, botUrl, botAppId, company }: Demo): Promise<{ readonly url: string }> {
  const client = await openClient({ botUrl, botAppId });
  supervisor.defer('chat', async () => client[Symbol.asyncDispose]());
  const page = await serveChatPage(client, {
    people: [JONAS, MIRA],
    moments: company.moments.map(({ name, at }) => ({ name, at })),
    commands: ['/refresh uat', '/refresh test at latest', '/status', '/history uat', '/help'],
  });
  supervisor.defer('chat page', async () => page[Symbol.asyncDispose]());
  return page;
}
