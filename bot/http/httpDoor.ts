import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import restify, { type Request, type Response, type Server, type ServerOptions } from 'restify';
import { systemClock, type Clock } from '../../engine/clock.ts';
import { createSigningKeys } from '../trust/signingKeys.ts';
import type { Trust } from '../trust/trust.ts';
import { toActivity, type Envelope } from './activity.ts';
import { DoorAdapter } from './doorAdapter.ts';
import { checkTenant, inspectBody, inspectToken, type Token } from './gate.ts';
import { guardServer, inspectHeaders, type Limits } from './limits.ts';
import { createQuietLog } from './quietLog.ts';
import { readJson } from './readJson.ts';
import { createRefuse } from './refuse.ts';
import { checkSignature, refuseForged } from './signature.ts';

declare module 'restify' {
  // Its types were written for an earlier version.
  interface Server {
    /** Called before restify does anything with a request; it ends there when the answer is false. */
    first(handler: (request: IncomingMessage, response: ServerResponse) => boolean): Server;
  }
}

export interface HttpDoorOptions {
  readonly trust: Trust;
  readonly port: number;
  readonly host: string;
  readonly log: Logger;
  /** Called for authenticated activities of our tenant alone. */
  readonly onTurn: (context: TurnContext) => Promise<void>;
  /** More routes on the same server, such as the download of a log. */
  readonly routes?: (server: Server) => void;
  readonly health?: () => Readonly<Record<string, string | boolean>>;
  /** Made before the door when handlers need it first. */
  readonly adapter?: DoorAdapter;
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
}

export interface HttpDoor {
  readonly url: string;
  readonly adapter: DoorAdapter;
  close(): Promise<void>;
}

/** Opens the bot's only way in: `POST /api/messages`, behind the gate, and `GET /healthz`. */
export async function createHttpDoor(options: HttpDoorOptions): Promise<HttpDoor> {
  const { trust, log, onTurn, clock = systemClock } = options;
  const adapter = options.adapter ?? new DoorAdapter(trust);
  const keys = createSigningKeys(trust.openIdUrl, clock);
  const warn = createQuietLog(log, clock);
  const refuse = createRefuse(clock, warn);
  const server = restify.createServer({ name: 'rewind', log: silent(log) });
  guardServer(server, warn, options.limits);
  const inspected = new WeakMap<IncomingMessage, { readonly token: Token; readonly isVerified: boolean }>();

  // What can be refused by its head is refused before restify makes anything of it: that is what a flood is made of.
  server.first((request, response) => {
    try {
      inspectHeaders(request);
      if (request.method !== 'POST') return true;
      const token = inspectToken(request.headers.authorization, trust);
      inspected.set(request, { token, isVerified: refuseForged(token, keys) });
      return true;
    } catch (error) {
      refuse(request, response, error);
      return false;
    }
  });
  server.get('/healthz', async (_request, response) => response.send(200, { status: 'ok', ...options.health?.() }));
  options.routes?.(server);
  server.post('/api/messages', async (request: Request, response: Response) => {
    try {
      const { status, body } = await answer(request);
      response.send(status, body);
    } catch (error) {
      refuse(request, response, error);
    }
  });

  const answer = async (request: Request): Promise<{ status: number; body?: unknown }> => {
    // Without it a request has come past the first look.
    const { token, isVerified } = inspected.get(request) ?? {
      token: inspectToken(request.headers.authorization, trust),
      isVerified: false,
    };
    if (!isVerified) await checkSignature(token, keys);
    const envelope = inspectBody(await readJson(request), token, trust);
    const activity = toActivity(envelope);
    const sender = await adapter.authenticate(activity, `Bearer ${token.text}`);
    checkTenant(envelope, trust.tenantId);
    try {
      const invoked = await adapter.runTurn(sender, activity, onTurn);
      if (invoked?.status === 501) throw new Error('No handler answered the invoke');
      return { status: invoked?.status ?? 200, body: invoked?.body };
    } catch (error) {
      log.error({ err: error, activity: envelope.id, type: envelope.type }, 'turn failed');
      return afterFailure(envelope);
    }
  };

  const port = await listen(server, options.port, options.host);
  return { url: `http://${options.host}:${port}`, adapter, close: () => close(server) };
}

/** Teams shows nothing at all for a status other than 200 on a click, so the card gets an error it can show. */
function afterFailure({ type }: Envelope): { status: number; body?: unknown } {
  if (type !== 'invoke') return { status: 500, body: { code: 'unexpected' } };
  const value = {
    code: 'unexpected',
    message: 'Something unforeseen happened here. Ask for the status before you click again.',
  };
  return { status: 200, body: { statusCode: 500, type: 'application/vnd.microsoft.error', value } };
}

/** What restify has to say about a request may quote it; the door itself logs what matters. */
function silent(log: Logger): ServerOptions['log'] {
  // restify 12 takes a pino logger; its types, written for 8, still name another library.
  return log.child({}, { level: 'silent' }) as unknown as ServerOptions['log'];
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address().port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.server.closeAllConnections();
  });
}
