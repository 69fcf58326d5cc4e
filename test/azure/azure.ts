import { startStandIn, type StandIn } from '../sqlServer/standIn.ts';
import type { NewLogin } from '../sqlServer/state/server.ts';
import type { RecordedRequest, Who } from './asked.ts';
import type { VirtualClock } from './clock.ts';
import { createFaults, type Faults } from './faults.ts';
import { type Azure, type AzureServer, type Pace, RECORDED_PACE } from './model.ts';
import { refuseWhatAzureRefuses } from './refusals.ts';
import { serve } from './serve.ts';

export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';

export interface AzureWish {
  readonly clock: Pick<VirtualClock, 'nowMs'>;
  readonly pace?: Partial<Pace>;
  readonly logins?: readonly NewLogin[];
  readonly whoHas?: (token: string) => Who | undefined;
  /** Owns what is copied to the sandbox's server. */
  readonly owner?: string;
  readonly port?: number;
}

/** A TEST DOUBLE of Azure SQL Database: Resource Manager over HTTP, and two logical servers that speak TDS. */
export interface StandInAzure extends AsyncDisposable {
  readonly address: string;
  readonly state: Azure;
  readonly production: AzureServer;
  readonly sandbox: AzureServer;
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
}

/** The token that the stand-in takes where no identity endpoint gives one. */
export const TOKEN = 'a-token-for-resource-manager';
/** The service's login, unless told otherwise. */
export const SERVICE = 'rewind';

export async function startAzure({
  clock,
  pace,
  logins = [],
  whoHas = (token) => (token === TOKEN ? 'service' : undefined),
  owner = SERVICE,
  port = 0,
}: AzureWish): Promise<StandInAzure> {
  const now = clock.nowMs;
  const servers = await Promise.all(
    [
      ['rg-prod', 'azsql-prod'],
      ['rg-uat', 'azsql-uat'],
    ].map(async ([resourceGroup = '', name = '']): Promise<AzureServer> => {
      const sql: StandIn = await startStandIn({ now, name, edition: 'SQL Azure', logins });
      refuseWhatAzureRefuses(sql);
      return {
        subscription: SUBSCRIPTION,
        resourceGroup,
        name,
        location: 'westeurope',
        sql,
        pools: [],
        usages: [],
        failoverGroups: [],
        taken: new Map(),
      };
    }),
  );
  const [production, sandbox] = servers;
  if (!production || !sandbox) throw new RangeError('Two servers were started');
  const state: Azure = {
    servers,
    resources: new WeakMap(),
    running: [],
    locks: [],
    pace: { ...RECORDED_PACE, ...pace },
    withoutRights: new Set(),
    withExcess: false,
    nameFreeAfterMs: 0,
    listedAfterMs: 0,
    regionUsages: [],
    now,
  };
  const requests: RecordedRequest[] = [];
  const faults = createFaults();
  const { address, close } = await serve({ azure: state, faults, requests, whoHas, owner, port });
  return {
    address,
    state,
    production,
    sandbox,
    requests,
    faults,
    async [Symbol.asyncDispose]() {
      await close();
      await Promise.all(servers.map(({ sql }) => sql.close()));
    },
  };
}
