import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Authority } from './authority.ts';
import { isForThisMachine, readJson, saysJson } from './localRequest.ts';
import { closeServer, listenOnLoopback } from './loopbackServer.ts';

export interface SigningProxyOptions {
  /** The bot's address; activities go to its `/api/messages`. */
  readonly target: string;
  readonly authority: Authority;
  /** Where the bot answers a client that names no service URL of its own. */
  readonly connectorUrl?: string;
  /** For clients that leave the tenant out. */
  readonly tenantId?: string;
  readonly port?: number;
}

export interface SigningProxy {
  readonly url: string;
  close(): Promise<void>;
}

const activitySchema = z.looseObject({
  serviceUrl: z.string().optional(),
  conversation: z.looseObject({ tenantId: z.string().optional() }).optional(),
});

/**
 * Stands between a chat client of this machine, which signs nothing, and the bot, whose gate is always on: gives each
 * activity a token as Teams would. Listens on 127.0.0.1 only.
 */
export async function createSigningProxy(options: SigningProxyOptions): Promise<SigningProxy> {
  const server = createServer((request, response) => {
    // Not chained: restify, where it is loaded, replaces writeHead by one that returns nothing.
    const send = ({ status, type, body }: Answer) => {
      response.writeHead(status, { 'content-type': type });
      response.end(body);
    };
    forward(request, options).then(send, () => send(refused(502)));
  });
  return { url: await listenOnLoopback(server, options.port), close: () => closeServer(server) };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function forward(request: IncomingMessage, options: SigningProxyOptions): Promise<Answer> {
  if (request.method !== 'POST' || request.url !== '/api/messages') return refused(404);
  // A page in the browser of this machine must not speak to the bot in a person's name.
  if (!isForThisMachine(request) || !saysJson(request)) return refused(403);
  const parsed = activitySchema.safeParse(await readJson(request));
  if (!parsed.success) return refused(400);
  const activity = complete(parsed.data, options);
  if (activity.serviceUrl === undefined) return refused(400);
  const answer = await fetch(`${options.target}/api/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${options.authority.sign(activity.serviceUrl)}`,
    },
    body: JSON.stringify(activity),
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? 'application/json',
    body: await answer.text(),
  };
}

function complete(activity: z.infer<typeof activitySchema>, { connectorUrl, tenantId }: SigningProxyOptions) {
  const { serviceUrl = connectorUrl, conversation } = activity;
  return {
    ...activity,
    serviceUrl,
    ...(conversation && { conversation: { ...(tenantId && { tenantId }), ...conversation } }),
  };
}

function refused(status: number): Answer {
  return { status, type: 'application/json', body: '{}' };
}
