import type { Clock } from '../../clock.ts';
import type { CheckResult, DatabaseRole, Sandbox, Source } from '../../contracts.ts';
import type { Action, ActContext, Provider, ReadSession, Session } from '../provider.ts';
import { withNamedFaults } from '../../databases/postgres/nameFault.ts';
import type { Program } from './clusterProcess.ts';
import { dropIncoming, dropPrevious } from './drop.ts';
import { SourceNotReadableError } from './errors.ts';
import { ownerOf } from './files.ts';
import { listCopies } from './listCopies.ts';
import { markFindings, readClusterFolder } from './generations.ts';
import { handbook } from './handbook.ts';
import { checkIntegrity } from './integrity.ts';
import { identityOf, identityOfTarget, measureSandbox, measureSource } from './measure.ts';
import { namedReads, namedWrites, withFaultsNamed } from './namedFaults.ts';
import { createRecoveryWindows } from './recoveryWindows.ts';
import { restoreBeside } from './restore.ts';
import { type Address, addressOf, openReadSession, openSession } from './sessions.ts';
import { sandboxSettings, sourceSettings } from './settings.ts';
import { openTarget, swap, swapBack } from './swap.ts';
import { observe } from './world.ts';

/** One environment is one local PostgreSQL cluster; Rewind restores it from a base backup and archived WAL. */
export function openPostgresProvider({ clock }: { readonly clock: Clock }): Provider {
  const windows = createRecoveryWindows(clock);

  async function programFor({ settings }: Sandbox): Promise<Program> {
    const { folder, binFolder } = sandboxSettings.parse(settings);
    return { binFolder, account: await ownerOf(`${folder}/generations`), clock };
  }

  // One signature for both overloads of the port: the side decides which environment it is.
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
  ): Promise<ReadSession | Session> {
    const name = environment.databases[database];
    const where = `${name} of ${environment.name}`;
    if (environment.kind === 'production') {
      const { reader } = sourceSettings.parse(environment.settings);
      if (reader === undefined) throw new SourceNotReadableError(environment.name);
      return withNamedFaults(`connecting to ${where}`, async () =>
        namedReads(await openReadSession(addressOf(reader), name), where),
      );
    }
    return withNamedFaults(`connecting to ${where}`, async () =>
      namedWrites(await openSession(addressOfSide(environment, side), name), where),
    );
  }

  return withFaultsNamed({
    name: 'postgres',
    guarantees: { swap: 'repairable', fence: 'per-operation', canStopRestore: true, progress: 'percent' },
    survey: (source) => windows.survey(source),
    async plan(source, target, at) {
      const { backup, segments, segmentBytes } = await windows.chainTo(source, at);
      return {
        sourceIdentity: identityOf(backup.systemIdentifier),
        targetIdentity: await identityOfTarget(target),
        at: { application: at, financialReporting: at },
        chain: [
          `base backup ${backup.stamp}`,
          `WAL ${segments[0] ?? ''} to ${segments.at(-1) ?? ''} (${segments.length} segments)`,
        ],
        copies: await listCopies(target),
        checks: markFindings(await readClusterFolder(target)).map(({ what, remedy }): CheckResult => ({
          ...{ name: 'marks', title: 'Marks of the data directories' },
          ...{ outcome: 'warning', basis: 'measured', detail: what, remedy },
        })),
        restoreBytes: backup.sizeBytes + segments.length * segmentBytes,
      };
    },
    observe,
    async act(action: Action, context: ActContext) {
      const program = await programFor(context.target);
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
    session,
    measure: (environment) =>
      environment.kind === 'production' ? measureSource(environment, windows) : measureSandbox(environment),
    checkIntegrity: (target, _runId, depth, signal) =>
      checkIntegrity(addressOfSide(target, 'incoming'), target, depth, signal),
    commandVariables(target, side) {
      const { host, port, user, password } = addressOfSide(target, side);
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
    handbook,
    close: async () => undefined,
  });
}

function addressOfSide({ settings }: Sandbox, side: 'source' | 'target' | 'incoming'): Address {
  const { service, copyPort } = sandboxSettings.parse(settings);
  return addressOf(service, side === 'incoming' ? copyPort : undefined);
}
