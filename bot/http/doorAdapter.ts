import { TeamsAdapter } from '@microsoft/teams-ai';
import type { Activity, TurnContext } from 'botbuilder';
import type { Trust } from '../trust/trust.ts';
import { createKept } from './kept.ts';
import { Refusal } from './refusal.ts';

/**
 * The Bot Framework adapter with its HTTP entry taken apart: who sends is settled first, and no text of an exception
 * reaches the sender, both of which `process` of the SDK does otherwise.
 */
export class DoorAdapter extends TeamsAdapter {
  constructor(trust: Trust) {
    super(trust.authentication, trust.credentials);
    this.#keepClients(trust.botAppId);
  }

  /**
   * Checks the token's signature, life time, channel and service URL.
   * @throws Refusal 401, or 503 when the signing keys cannot be fetched
   */
  async authenticate(activity: Activity, authorization: string) {
    try {
      return await this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
    } catch (error) {
      throw isAboutToken(error)
        ? new Refusal(401, 'token that does not hold', error)
        : new Refusal(503, 'signing keys out of reach', error);
    }
  }

  /** Runs one turn for a sender that `authenticate` has settled; an invoke has an answer. */
  runTurn(
    sender: Awaited<ReturnType<DoorAdapter['authenticate']>>,
    activity: Activity,
    onTurn: (context: TurnContext) => Promise<void>,
  ) {
    const connectorFactory = this.botFrameworkAuthentication.createConnectorFactory(sender.claimsIdentity);
    return this.processActivity({ ...sender, connectorFactory }, activity, onTurn);
  }

  /** The SDK makes two clients anew for every turn and every message, always alike: most of what a turn costs in memory. */
  #keepClients(appId: string): void {
    const authentication = this.botFrameworkAuthentication;
    const identity = this.createClaimsIdentity(appId);
    const factory = authentication.createConnectorFactory(identity);
    const createTokenClient = authentication.createUserTokenClient.bind(authentication);
    const clients = createKept(async (serviceUrl) => tryingOnce(await factory.create(serviceUrl)), CLIENTS);
    const tokenClients = createKept(() => createTokenClient(identity), 1);
    authentication.createConnectorFactory = () => ({ create: clients });
    authentication.createUserTokenClient = () => tokenClients('');
  }
}

/**
 * The client would send again by itself, behind whatever has been decided since, and keep a 429 with its `Retry-After` to
 * itself: when a message is sent again is the notifier's to say.
 */
function tryingOnce(client: Client): Client {
  // ConnectorClient wraps a client of @azure/core-client, whose pipeline its types do not show.
  const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  return client;
}

type Client = Awaited<
  ReturnType<ReturnType<DoorAdapter['botFrameworkAuthentication']['createConnectorFactory']>['create']>
>;

interface Pipeline {
  removePolicy(options: { readonly name: string }): unknown;
}

/** Clients of the chat's regions. */
const CLIENTS = 50;

function isAboutToken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(error.name)) return true;
  return 'statusCode' in error && error.statusCode === 401;
}
