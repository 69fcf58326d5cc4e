import { counted } from '../../counted.ts';
import type { Clock } from '../../clock.ts';
import type { CheckResult, Sandbox, Source } from '../../contracts.ts';
import type { Hold, Provider, Side, Writer } from '../provider.ts';
import { createSettingsReader } from '../typedSettings.ts';
import { withNamedFaults } from '../../databases/postgres/nameFault.ts';
import { dropIncoming, dropPrevious } from './drop.ts';
import { SourceNotReadableError } from './errors.ts';
import { fenceOf } from './fence.ts';
import { ownerOf } from './files.ts';
import { listBeside } from './listBeside.ts';
import { markFindings, readClusterFolder } from './generations.ts';
import { handbook } from './handbook.ts';
import { checkIntegrity } from './integrity.ts';
import { identityOf, identityOfTarget, measureSandbox, measureSource } from './measure.ts';
import { namedReads, withFaultsNamed } from './namedFaults.ts';
import { createRecoveryWindows } from './archive/recoveryWindows.ts';
import { reachersOf } from './roles.ts';
import { restoreBeside } from './restore.ts';
import { type Address, addressOf } from './client.ts';
import { openReadSession, openSession } from './sessions.ts';
import { type PostgresAct, type PostgresSandbox, sandboxSettings, sourceSettings } from './settings.ts';
import { openTarget, swap, swapBack } from './swap.ts';
import { observe } from './observe.ts';

/** One environment is one local PostgreSQL cluster; Rewind restores it from a base backup and archived WAL. */
export function openPostgresProvider({ clock }: { readonly clock: Clock }): Provider {
  const windows = createRecoveryWindows(clock);

  const sandboxOf = createSettingsReader(sandboxSettings);
  const sourceOf = createSettingsReader(sourceSettings);

  function readerOf(source: Source): Address {
    const { reader } = sourceOf(source).settings;
    if (reader === undefined) throw new SourceNotReadableError(source.name);
    return addressOf(reader);
  }

  function open(sandbox: Sandbox, hold: Hold): Writer {
    const target = sandboxOf(sandbox);
    const { folder, binFolder } = target.settings;
    const fence = fenceOf(target, hold.fence);
    const { signal, runId } = hold;
    return {
      ...hold,
      observe: () => observe(target, runId),
      async act(action, options) {
        signal.throwIfAborted();
        const program = { binFolder, account: await ownerOf(`${folder}/generations`), clock, fence };
        const context: PostgresAct = { ...options, ...hold, target, source: sourceOf(options.source) };
        switch (action) {
          case 'restore':
            return restoreBeside(windows, program, context);
          case 'swap':
            return swap(program, context);
          case 'swap-back':
            return swapBack(program, context);
          case 'open':
            return openTarget(program, context);
          case 'drop-incoming':
            return dropIncoming(program, context);
          case 'drop-previous':
            return dropPrevious(program, context);
        }
      },
      session: (side, database) =>
        openSession(addressOfSide(target, side), target.databases[database], { fence, signal }),
      read: (side, database) => openReadSession(addressOfSide(target, side), target.databases[database], signal),
      checkIntegrity: (depth) => checkIntegrity(addressOfSide(target, 'incoming'), target, depth, signal),
    };
  }

  return withFaultsNamed({
    name: 'postgres',
    guarantees: {
      place: 'beside',
      swap: 'repairable',
      fence: 'per-operation',
      canStopRestore: true,
      progress: 'percent',
    },
    survey: (source) => windows.survey(sourceOf(source)),
    async plan(source, sandbox, at) {
      const target = sandboxOf(sandbox);
      const { backup, segments, segmentBytes } = await windows.chainTo(sourceOf(source), at);
      return {
        sourceIdentity: identityOf(backup.systemIdentifier, backup.runId),
        targetIdentity: await identityOfTarget(target),
        at: { application: at, financialReporting: at },
        chain: [
          `base backup ${backup.stamp}`,
          `WAL ${segments[0] ?? ''} to ${segments.at(-1) ?? ''} (${counted(segments.length, 'segment')})`,
        ],
        ...(await listBeside(target)),
        checks: markFindings(await readClusterFolder(target)).map(({ what, remedy }): CheckResult => ({
          ...{ name: 'marks', title: 'Marks of the data directories' },
          ...{ outcome: 'warning', basis: 'measured', detail: what, remedy },
        })),
        restoreBytes: backup.sizeBytes + segments.length * segmentBytes,
      };
    },
    observe: (target, runId) => observe(sandboxOf(target), runId),
    session(...[environment, side, database]) {
      const name = environment.databases[database];
      const where = `${name} of ${environment.name}`;
      const address = side === 'source' ? readerOf(environment) : addressOfSide(sandboxOf(environment), side);
      return withNamedFaults(`connecting to ${where}`, async () =>
        namedReads(await openReadSession(address, name), where),
      );
    },
    open,
    measure: (environment) =>
      environment.kind === 'sandbox'
        ? measureSandbox(sandboxOf(environment))
        : measureSource(sourceOf(environment), windows),
    reachers: (target) => reachersOf(sandboxOf(target)),
    commandVariables(target, side) {
      const { host, port, user, password } = addressOfSide(sandboxOf(target), side);
      const { application, financialReporting } = target.databases;
      const login = [user, password].map(encodeURIComponent).join(':');
      return {
        REWIND_SERVER: host,
        REWIND_PORT: String(port),
        REWIND_APPLICATION_DATABASE: application,
        REWIND_FINANCIAL_REPORTING_DATABASE: financialReporting,
        REWIND_APPLICATION_URL: `postgres://${login}@${host}:${port}/${encodeURIComponent(application)}`,
      };
    },
    handbook: (target, runId) => handbook(sandboxOf(target), runId),
    close: async () => undefined,
  });
}

function addressOfSide({ settings }: PostgresSandbox, side: Side): Address {
  const { service, copyPort } = settings;
  return addressOf(service, side === 'incoming' ? copyPort : undefined);
}
