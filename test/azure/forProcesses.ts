import { randomBytes, randomUUID } from 'node:crypto';
import { SERVICE } from '../../demo/sqlServer/names.ts';
import { type IdentityEndpoint, startIdentityEndpoint } from '../sqlServer/logins/managedIdentity.ts';
import { z } from 'zod';
import { startAzure, type StandInAzure } from './azure.ts';

/** A window of Azure ends a minute behind now at the latest; by this clock that is now, and nobody has to wait for it. */
const BEHIND_MS = 61_000;

/** The managed identity of whoever may do everything in the subscription. */
const ADMINISTRATOR = randomUUID();

const MANAGEMENT = /^https:\/\/management\.azure\.com\/?$/;

/** The stand-in for processes that know neither its clock nor its token: in real time, with a managed identity of its own. */
export interface AzureForProcesses extends AsyncDisposable {
  readonly azure: StandInAzure;
  /** In another mood, it gives tokens that are none for Resource Manager. */
  readonly identity: Pick<IdentityEndpoint, 'mood' | 'reset'>;
  /** Of Resource Manager; its parameters say where both servers of SQL and the identity endpoint are. */
  readonly address: string;
}

export async function startAzureForProcesses(port = 0): Promise<AzureForProcesses> {
  await using undo = new AsyncDisposableStack();
  const password = `${randomBytes(18).toString('base64url')}-aA1`;
  const identity = undo.use(await startIdentityEndpoint());
  const azure = undo.use(
    await startAzure({
      clock: { nowMs: () => Date.now() - BEHIND_MS },
      pace: { restoreMs: 300, copyMs: 300, updateMs: 50, deleteMs: 50, firstBackupMs: 500, retryAfterSeconds: 0 },
      logins: [{ name: 'sa', password }],
      whoHas: (token) => {
        const given = identity.given.find((one) => one.token === token);
        if (given === undefined || !isForManagement(token)) return undefined;
        return given.clientId === ADMINISTRATOR ? 'administrator' : 'service';
      },
      owner: SERVICE,
      port,
    }),
  );
  const address = new URL(azure.address);
  address.username = 'sa';
  address.password = password;
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = identity.variables;
  const parameters = {
    production: String(azure.production.sql.port),
    sandbox: String(azure.sandbox.sql.port),
    identity: IDENTITY_ENDPOINT,
    header: IDENTITY_HEADER,
    administrator: ADMINISTRATOR,
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  const running = undo.move();
  return { azure, identity, address: address.href, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

const claims = z.looseObject({ aud: z.string(), exp: z.number() });

/** By what the token itself says, whatever was asked for. */
function isForManagement(token: string): boolean {
  const said: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  const { aud, exp } = claims.parse(said);
  return MANAGEMENT.test(aud) && exp * 1000 > Date.now();
}
