import type { Clock } from '../../clock.ts';
import type { Sandbox } from '../../contracts.ts';
import type { Hold, Provider, Writer } from '../provider.ts';
import { createSettingsReader } from '../typedSettings.ts';
import { createAct } from './act.ts';
import { commandVariables } from './commandVariables.ts';
import { dropIncoming, dropPrevious } from './copy/drop.ts';
import { raiseFence } from './fence.ts';
import { handbook } from './swap/handbook.ts';
import { createHeaderCache } from './source/headers/headerCache.ts';
import { readSourceHistory } from './source/history.ts';
import { checkIntegrity } from './copy/integrity.ts';
import { measureSandbox, measureSource } from './plan/measure.ts';
import { databaseOf } from './names.ts';
import { observe } from './observe.ts';
import { openTarget } from './swap/open.ts';
import { planRestore } from './plan/planRestore.ts';
import { reachersOf } from './plan/reachers.ts';
import { restoreBeside } from './copy/restore.ts';
import type { ServerBounds } from '../../databases/sqlServer/address.ts';
import { createServers } from '../../databases/sqlServer/servers.ts';
import { openSandboxReader, openSession, openSourceReader } from './sessions.ts';
import { type SqlServerSandbox, type SqlServerSource, sandboxSettings, sourceSettings } from './settings.ts';
import { surveyHistory } from './source/survey.ts';
import { swap, swapBack } from './swap/swap.ts';
import { createTurns } from './turns.ts';

interface SqlServerParts {
  readonly clock: Clock;
  /** Shorter ones are for tests. */
  readonly bounds?: ServerBounds;
}

/** Native SQL Server: backup chains restored beside the target, and a swap by rename. */
export function openSqlServerProvider({ clock, bounds }: SqlServerParts): Provider {
  const servers = createServers(bounds);
  const turns = createTurns();
  const sandboxOf = createSettingsReader(sandboxSettings);
  const sourceOf = createSettingsReader(sourceSettings);
  const connectionTo = (target: SqlServerSandbox) => servers.connection(target.settings.server);
  const needs = { servers, clock, headers: createHeaderCache() };
  const historyOf = (source: SqlServerSource) => readSourceHistory(source, needs);

  function open(sandbox: Sandbox, hold: Hold): Writer {
    const target = sandboxOf(sandbox);
    const { runId, fence, signal } = hold;
    const address = servers.address(target.settings.server);
    const guard = { controlDatabase: target.settings.controlDatabase, target: target.name, fence };
    return {
      ...hold,
      observe: async () => observe(await connectionTo(target), target, runId),
      async act(action, options) {
        signal.throwIfAborted();
        const connection = await connectionTo(target);
        await raiseFence(connection, guard, signal);
        const source = sourceOf(options.source);
        const act = createAct({ ...options, ...hold, source, target, connection, address, clock });
        switch (action) {
          case 'restore':
            return turns.take(
              connection.title,
              signal,
              () => act.progress(0, 'waits for another restore on this server'),
              async () => restoreBeside(act, await historyOf(source)),
            );
          case 'swap':
            return swap(act);
          case 'swap-back':
            return swapBack(act);
          case 'open':
            return openTarget(act);
          case 'drop-incoming':
            return dropIncoming(act);
          case 'drop-previous':
            return dropPrevious(act);
        }
      },
      async session(side, database) {
        await raiseFence(await connectionTo(target), guard, signal);
        return openSession(address, databaseOf(target, side, database, runId), { guard, signal });
      },
      read: (side, database) => openSandboxReader(address, databaseOf(target, side, database, runId), signal),
      checkIntegrity: (depth) => checkIntegrity(address, target, runId, depth, signal),
    };
  }

  return {
    name: 'sqlServer',
    guarantees: {
      place: 'beside',
      swap: 'repairable',
      fence: 'per-statement',
      canStopRestore: true,
      progress: 'percent',
    },
    async survey(source) {
      return surveyHistory(source, await historyOf(sourceOf(source)), clock);
    },
    async plan(source, sandbox, at) {
      const [from, target] = [sourceOf(source), sandboxOf(sandbox)];
      return planRestore(
        { connection: await connectionTo(target), clock, history: await historyOf(from) },
        from,
        target,
        at,
      );
    },
    async observe(target, runId) {
      return observe(await connectionTo(sandboxOf(target)), target, runId);
    },
    session: async (...[environment, side, database, runId]) =>
      side === 'source'
        ? openSourceReader(sourceOf(environment), database, servers)
        : openSandboxReader(
            servers.address(sandboxOf(environment).settings.server),
            databaseOf(environment, side, database, runId),
          ),
    open,
    async measure(environment) {
      if (environment.kind !== 'sandbox') return measureSource(sourceOf(environment), needs);
      const target = sandboxOf(environment);
      return measureSandbox(await connectionTo(target), target);
    },
    async reachers(sandbox) {
      const target = sandboxOf(sandbox);
      return reachersOf(await connectionTo(target), target);
    },
    commandVariables(target, side, runId) {
      const { server, synchronizeAs = server } = sandboxOf(target).settings;
      return commandVariables(servers.address(server), synchronizeAs, (role) => databaseOf(target, side, role, runId));
    },
    handbook: async (target, runId) => handbook(target, runId),
    close: () => servers.close(),
  };
}
