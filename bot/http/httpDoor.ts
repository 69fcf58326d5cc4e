import type { TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import restify, { type Next, type Request, type Response, type Server, type ServerOptions } from 'restify';
import { systemClock, type Clock } from '../../engine/clock.ts';
import type { Trust } from '../trust/trust.ts';
import { toActivity, type Envelope } from './activity.ts';
import { DoorAdapter } from './doorAdapter.ts';
import { checkTenant, inspectRequest, inspectToken } from './gate.ts';
import { guardServer, maxBodyBytes, type Limits } from './limits.ts';
import { Refusal } from './refusal.ts';
import { createTokenBucket } from './tokenBucket.ts';

export interface HttpDoorOptions {
  readonly trust: Trust;
  readonly port: number;
  readonly host: string;
  readonly log: Logger;
  /** Called for authenticated activities of our tenant alone. */
  readonly onTurn: (context: TurnContext) => Promise<void>;
  /** More routes on the same server, such as the download of a log. */
  readonly routes?: (server: Server) => void;
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
  const failures = createTokenBucket(clock, { capacity: 50, perSecond: 5 });
  const server = restify.createServer({ name: 'rewind', log: silent(log) });
  guardServer(server, options.limits);
  server.get('/healthz', async (_request, response) => response.send(200, { status: 'ok' }));
  options.routes?.(server);
  server.post(
    '/api/messages',
    (request: Request, response: Response, next: Next) => {
      try {
        inspectToken(request.headers.authorization, trust);
        next();
      } catch (error) {
        refuse(request, response, error);
        next(false);
      }
    },
    restify.plugins.bodyParser({ maxBodySize: maxBodyBytes, mapParams: false }),
    async (request: Request, response: Response) => {
      try {
        const { status, body } = await answer(request);
        response.send(status, body);
      } catch (error) {
        refuse(request, response, error);
      }
    },
  );

  const answer = async (request: Request): Promise<{ status: number; body?: unknown }> => {
    const authorization = request.headers.authorization ?? '';
    const envelope = inspectRequest(authorization, request.body, trust);
    const activity = toActivity(envelope);
    const sender = await adapter.authenticate(activity, authorization);
    checkTenant(envelope, trust.tenantId);
    try {
      const invoked = await adapter.runTurn(sender, activity, onTurn);
      if (invoked?.status === 501) throw new Error(`No handler answered the invoke ${String(envelope.name)}`);
      return { status: invoked?.status ?? 200, body: invoked?.body };
    } catch (error) {
      log.error({ err: error, activity: envelope.id, type: envelope.type }, 'turn failed');
      return afterFailure(envelope);
    }
  };

  const refuse = (request: Request, response: Response, error: unknown) => {
    const refusal = error instanceof Refusal ? error : new Refusal(400, 'request that cannot be read', error);
    // Only requests that are refused anyway are slowed down, so that a flood of bad ones costs the good ones nothing.
    const isToldApart = failures.take();
    if (isToldApart)
      log.warn({ status: refusal.status, reason: refusal.message, cause: nameOf(refusal.cause) }, 'request refused');
    const status = isToldApart ? refusal.status : 429;
    // Of a body that does not say how long it is nobody waits for the end.
    const isEndless = request.headers['content-length'] === undefined;
    return response.send(status, { code: codeOf[status] }, isEndless ? { connection: 'close' } : {});
  };

  const port = await listen(server, options.port, options.host);
  return { url: `http://${options.host}:${port}`, adapter, close: () => close(server) };
}

const codeOf: Record<Refusal['status'], string> = {
  400: 'bad-request',
  401: 'unauthorized',
  403: 'forbidden',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-refusals',
  503: 'unavailable',
};

/** Teams shows nothing at all for a status other than 200 on a click, so the card gets an error it can show. */
function afterFailure({ type }: Envelope): { status: number; body?: unknown } {
  if (type !== 'invoke') return { status: 500, body: { code: 'unexpected' } };
  const value = {
    code: 'unexpected',
    message: 'Something unforeseen happened here. Ask for the status before you click again.',
  };
  return { status: 200, body: { statusCode: 500, type: 'application/vnd.microsoft.error', value } };
}

/** Not its text: it may quote what was sent. */
function nameOf(cause: unknown): string | undefined {
  return cause instanceof Error ? cause.name : undefined;
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
