import type { Clock } from '../../clock.ts';
import type { DatabaseRole, Sandbox, Source } from '../../contracts.ts';
import type { Action, ActContext, Provider, ReadSession, Session } from '../provider.ts';
import { dropIncoming, dropPrevious } from './copy/drop.ts';
import { ServerSettingsError } from '../../databases/sqlServer/errors.ts';
import { guardOf, raiseFence } from './fence.ts';
import { handbook } from './swap/handbook.ts';
import { createHeaderCache } from './source/headers/headerCache.ts';
import { readSourceHistory } from './source/history.ts';
import { checkIntegrity } from './copy/integrity.ts';
import { measureSandbox, measureSource } from './plan/measure.ts';
import { namesOf } from './names.ts';
import { observe } from './observe.ts';
import { openTarget } from './swap/open.ts';
import { planRestore } from './plan/planRestore.ts';
import { restoreBeside } from './copy/restore.ts';
import { createServers } from '../../databases/sqlServer/servers.ts';
import { openReadSession, openSession } from './sessions.ts';
import { sandboxSettings, sourceSettings } from './settings.ts';
import { surveyHistory } from './source/survey.ts';
import { swap, swapBack } from './swap/swap.ts';
import { createTurns } from './turns.ts';

/** Native SQL Server: backup chains restored beside the target, and a swap by rename. */
export function openSqlServerProvider({ clock }: { readonly clock: Clock }): Provider {
  const servers = createServers();
  const turns = createTurns();
  const urlOf = ({ settings }: Sandbox) => sandboxSettings.parse(settings).server;
  const lineOf = (target: Sandbox) => servers.line(urlOf(target));
  const needs = { servers, clock, headers: createHeaderCache() };
  const historyOf = (source: Source) => readSourceHistory(source, needs);

  // One signature for both overloads of the port: the kind decides which environment it is.
  async function session(environment: Source, side: 'source', database: DatabaseRole): Promise<ReadSession>;
  async function session(
    environment: Sandbox,
    side: 'target' | 'incoming',
    database: DatabaseRole,
    runId?: string,
  ): Promise<Session>;
  async function session(
    environment: Source | Sandbox,
    side: 'source' | 'target' | 'incoming',
    database: DatabaseRole,
    runId?: string,
  ): Promise<ReadSession | Session> {
    if (environment.kind === 'production') {
      const { reader } = sourceSettings.parse(environment.settings);
      if (reader === undefined)
        throw new ServerSettingsError(environment.name, 'they name no `reader`, and a fact is to be measured there');
      return openReadSession(environment.name, servers.address(reader), environment.databases[database]);
    }
    return openSession(servers.address(urlOf(environment)), databaseOf(environment, side, database, runId));
  }

  return {
    name: 'sqlServer',
    guarantees: { swap: 'repairable', fence: 'per-statement', canStopRestore: true, progress: 'percent' },
    async survey(source) {
      return surveyHistory(source, await historyOf(source), clock);
    },
    async plan(source, target, at) {
      return planRestore({ line: await lineOf(target), clock, history: await historyOf(source) }, source, target, at);
    },
    async observe(target, runId) {
      return observe(await lineOf(target), target, runId);
    },
    async act(action: Action, context: ActContext) {
      const server = { line: await lineOf(context.target), address: servers.address(urlOf(context.target)), clock };
      await raiseFence(server.line, guardOf(context));
      switch (action) {
        case 'restore':
          return turns.take(
            server.line.title,
            context.signal,
            () => context.progress(0, 'waits for another restore on this server'),
            async () => restoreBeside(server, await historyOf(context.source), context),
          );
        case 'swap':
          return swap(server, context);
        case 'swap-back':
          return swapBack(server, context);
        case 'open':
          return openTarget(server.line, context);
        case 'drop-incoming':
          return dropIncoming(server, context);
        case 'drop-previous':
          return dropPrevious(server, context);
      }
    },
    session,
    async measure(environment) {
      if (environment.kind === 'production') return measureSource(environment, needs);
      return measureSandbox(environment, await servers.line(sandboxSettings.parse(environment.settings).server));
    },
    checkIntegrity: (target, runId, depth, signal) =>
      checkIntegrity(servers.address(urlOf(target)), target, runId, depth, signal),
    commandVariables(target, side, runId) {
      const { host, port } = servers.address(urlOf(target));
      const { server, synchronizeAs = server } = sandboxSettings.parse(target.settings);
      const url = new URL(synchronizeAs);
      const application = databaseOf(target, side, 'application', runId);
      url.pathname = encodeURIComponent(application);
      return {
        REWIND_SERVER: host,
        REWIND_PORT: String(port),
        REWIND_APPLICATION_DATABASE: application,
        REWIND_FINANCIAL_REPORTING_DATABASE: databaseOf(target, side, 'financialReporting', runId),
        REWIND_APPLICATION_URL: url.href,
      };
    },
    handbook: async (target, runId) => handbook(target, runId),
    close: () => servers.close(),
  };
}

function databaseOf(
  { databases }: Sandbox,
  side: 'source' | 'target' | 'incoming',
  database: DatabaseRole,
  runId = '',
): string {
  return side === 'incoming' ? namesOf(databases[database], runId).incoming : databases[database];
}
