import { unlessAborted } from '../../bounded.ts';
import type { Clock } from '../../clock.ts';
import type { Sandbox, Source } from '../../contracts.ts';
import { createServers } from '../../databases/sqlServer/servers.ts';
import { openShortConnection, type Connection } from '../../databases/sqlServer/connection.ts';
import type { Hold, Provider, Writer } from '../provider.ts';
import { commandVariables } from '../sqlServer/commandVariables.ts';
import { proveFence, raiseFence } from '../sqlServer/fence.ts';
import { databaseOf } from '../sqlServer/names.ts';
import { openSourceReader } from '../sqlServer/sessions.ts';
import { createSettingsReader } from '../typedSettings.ts';
import type { AzureAct } from './azureAct.ts';
import { dropIncoming, dropPrevious } from './drop.ts';
import { handbook } from './handbook.ts';
import { measure } from './identity.ts';
import { checkIntegrity } from '../sqlServer/copy/integrity.ts';
import { observe } from './observe.ts';
import { openTarget } from './open.ts';
import { planRestore } from './plan/plan.ts';
import { cloudOf } from './resourceManager/cloud.ts';
import type { RequestHold } from './resourceManager/request.ts';
import { createResourceManager, type ResourceManager } from './resourceManager/resourceManager.ts';
import { managementToken, type Token } from './resourceManager/token.ts';
import { writablesOf } from './resourceManager/writable.ts';
import { reachersOf } from './reachers.ts';
import { restoreBeside } from './restore.ts';
import { openAzureReader, openWritingSession } from './sessions.ts';
import { type AzureSandbox, type AzureSource, sandboxSettings, sourceSettings } from './settings.ts';
import { surveySource } from './survey.ts';
import { swap, swapBack } from './swap.ts';
import type { World } from './world.ts';

interface AzureParts {
  readonly clock: Clock;
  /** Where tokens come from; another is for tests. */
  readonly token?: Token;
}

/** Azure SQL Database: restored by the platform on the source's server, copied to the target's, switched by renames. */
export function openAzureSqlProvider({ clock, token }: AzureParts): Provider {
  const closing = new AbortController();
  const servers = createServers(undefined, { clock, signal: closing.signal });
  const sandboxOf = createSettingsReader(sandboxSettings);
  const sourceOf = createSettingsReader(sourceSettings);
  const tokens = new Map<string, Token>();
  const controls = new Map<string, Promise<Connection>>();

  /** With one source of tokens per identity and cloud, so that a token is asked for once. */
  function managerOf(
    { settings: { cloud: name, identity } }: AzureSource | AzureSandbox,
    hold?: RequestHold,
  ): ResourceManager {
    const key = JSON.stringify([name, identity ?? {}]);
    const cloud = cloudOf(name);
    const own = token ?? tokens.get(key) ?? managementToken(cloud, identity);
    tokens.set(key, own);
    return createResourceManager({ cloud, clock, token: own, hold });
  }

  function worldOf(from: Source, to: Sandbox, hold?: RequestHold & Pick<Hold, 'say'>): World {
    const [source, target] = [sourceOf(from), sandboxOf(to)];
    const ends = { source, sourceServer: source.settings, target, targetServer: target.settings };
    const { closer } = source.settings;
    return {
      ...ends,
      sourceManager: managerOf(source, hold),
      targetManager: managerOf(target, hold),
      writables: writablesOf(ends),
      address: servers.address(target.settings.sql),
      closer: closer === undefined ? undefined : servers.address(closer),
      master: () => servers.connection(target.settings.sql),
      ...{ clock, signal: hold?.signal, say: hold?.say },
    };
  }

  /** To the database with the fence; opened anew where an attempt failed. */
  function controlOf({ settings: { sql, controlDatabase } }: AzureSandbox): Promise<Connection> {
    const key = `${sql} ${controlDatabase}`;
    const open = controls.get(key) ?? openShortConnection(servers.address(sql), undefined, controlDatabase);
    controls.set(key, open);
    open.catch(() => controls.delete(key));
    return open;
  }

  function open(sandbox: Sandbox, hold: Hold, from: Source): Writer {
    const target = sandboxOf(sandbox);
    const { runId, fence, signal, say } = hold;
    const guard = { target: target.name, fence };
    const address = servers.address(target.settings.sql);
    const taken = async () => {
      signal.throwIfAborted();
      const control = await unlessAborted(controlOf(target), signal);
      await raiseFence(control, guard, signal);
      return control;
    };
    return {
      ...hold,
      observe: () => observe(worldOf(from, target, { signal, say, prove: async () => undefined }), runId),
      async act(action, options) {
        const control = await taken();
        const act: AzureAct = {
          ...options,
          ...hold,
          target,
          world: worldOf(options.source, target, { signal, say, prove: () => proveFence(control, guard, signal) }),
          clock,
          control,
          guard,
        };
        switch (action) {
          case 'restore':
            return restoreBeside(act);
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
      session: async (side, database) =>
        openWritingSession(address, databaseOf(target, side, database, runId), {
          ...{ clock, signal, say },
          control: await taken(),
          guard,
        }),
      read: (side, database) =>
        openAzureReader(address, databaseOf(target, side, database, runId), { clock, signal, say }),
      checkIntegrity: (depth) => checkIntegrity(address, target, runId, depth, signal, { isInside: true }),
    };
  }

  return {
    name: 'azureSql',
    guarantees: {
      place: 'beside',
      swap: 'repairable',
      fence: 'per-operation',
      canStopRestore: true,
      progress: 'phases',
    },
    async survey(from) {
      const source = sourceOf(from);
      return surveySource(source, { manager: managerOf(source), server: source.settings, clock });
    },
    plan: async (source, target, at) => planRestore(worldOf(source, target), at),
    observe: async (target, runId, source) => observe(worldOf(source, target), runId),
    session: async (...[environment, side, database, runId]) =>
      side === 'source'
        ? openSourceReader(sourceOf(environment), database, servers)
        : openAzureReader(
            servers.address(sandboxOf(environment).settings.sql),
            databaseOf(environment, side, database, runId),
            { clock },
          ),
    open,
    async measure(environment) {
      const typed = environment.kind === 'sandbox' ? sandboxOf(environment) : sourceOf(environment);
      return measure(typed, managerOf(typed), typed.settings);
    },
    async reachers(sandbox) {
      const target = sandboxOf(sandbox);
      return reachersOf(target, servers.address(target.settings.sql), { manager: managerOf(target), clock });
    },
    commandVariables(sandbox, side, runId) {
      const { sql, synchronizeAs = sql } = sandboxOf(sandbox).settings;
      return commandVariables(servers.address(sql), synchronizeAs, (role) => databaseOf(sandbox, side, role, runId));
    },
    handbook: async (target, runId) => handbook(sandboxOf(target), runId),
    async close() {
      closing.abort(new Error('Nobody waits for a login any more'));
      const opened = await Promise.allSettled(controls.values());
      controls.clear();
      await Promise.all(
        opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value[Symbol.asyncDispose]()] : [])),
      );
      await servers.close();
    },
  };
}
