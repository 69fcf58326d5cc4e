import { spawn } from 'node:child_process';
import { open, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readRecoveryLine } from '../../databases/postgres/messageShapes.ts';
import { NoAnswerError } from '../../bounded.ts';
import type { Clock } from '../../clock.ts';
import type { Fence } from './fence.ts';
import { PostgresDiskFullError } from '../../databases/postgres/faults.ts';
import { untilItIsSo } from '../../retry.ts';
import { ClusterStartError, ClusterStopError, RecoveryFailedError } from './errors.ts';
import { type Account, readIfPresent } from './files.ts';

export interface Program {
  readonly binFolder: string;
  readonly account: Account | undefined;
  readonly clock: Clock;
  /** Compared in front of every signal and every start. */
  readonly fence: Fence;
}

/** Nothing of our own environment: PGPORT, a password or a locale would change what the server does. */
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
const POLL_MS = 10;

export interface ServerProcess {
  readonly pid: number;
  /** Takes connections; false while it starts, recovers or runs without a port. */
  readonly isReady: boolean;
}

/** The living server of a data directory, as its own `postmaster.pid` and the process table say. */
export async function findServer(dataFolder: string): Promise<ServerProcess | undefined> {
  const lines = (await readIfPresent(join(dataFolder, 'postmaster.pid')))?.split('\n') ?? [];
  // A server without a port (`--single`) writes its number negative.
  const pid = Math.abs(Number(lines[0] ?? 0));
  if (!(pid > 0) || !(await isServerOf(pid, dataFolder))) return undefined;
  return { pid, isReady: lines[7]?.trim() === 'ready' };
}

/** A crash leaves the file behind, and its number may belong to a stranger by now. */
async function isServerOf(pid: number, dataFolder: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    return workingFolder === (await realpath(dataFolder));
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Starts the server of `dataFolder` unless it runs, and waits until it takes connections. It outlives this process. */
export async function startServer(program: Program, dataFolder: string, logFile: string): Promise<void> {
  let child: { hasEnded: boolean } | undefined;
  const isReady = async (): Promise<boolean> => {
    const server = await findServer(dataFolder);
    if (server === undefined && child?.hasEnded) throw new ClusterStartError(dataFolder, logFile);
    if (server === undefined) child ??= await spawnServer(program, dataFolder, logFile);
    return server?.isReady === true;
  };
  const waiting = { clock: program.clock, everyMs: POLL_MS, withinMs: START_LIMIT_MS };
  if (!(await untilItIsSo(isReady, waiting))) throw new NoAnswerError(`PostgreSQL in ${dataFolder}`, START_LIMIT_MS);
}

/** As much as the recovery of a crash may take; it goes on by itself, and whoever tries again finds it further. */
const START_LIMIT_MS = 600_000;

async function spawnServer({ binFolder, account, fence }: Program, dataFolder: string, logFile: string) {
  const state = { hasEnded: false };
  const log = await open(logFile, 'a', 0o640);
  try {
    if (account !== undefined) await log.chown(account.uid, account.gid);
    await fence.check();
    const child = spawn(join(binFolder, 'postgres'), ['-D', dataFolder], {
      ...account,
      cwd: '/',
      env: ENVIRONMENT,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    for (const end of ['exit', 'error']) child.once(end, () => (state.hasEnded = true));
    child.unref();
  } finally {
    await log.close();
  }
  return state;
}

const FAST_LIMIT_MS = 30_000;
const IMMEDIATE_LIMIT_MS = 10_000;

/**
 * Stops the server and waits for its end. `fast` ends open transactions and writes everything down; `immediate` is for a
 * cluster that is deleted next. A stopped one is left alone.
 */
export async function stopServer(program: Program, dataFolder: string, mode: 'fast' | 'immediate'): Promise<void> {
  if (mode === 'fast' && (await signalUntilGone(program, dataFolder, 'SIGINT', FAST_LIMIT_MS))) return;
  if (await signalUntilGone(program, dataFolder, 'SIGQUIT', IMMEDIATE_LIMIT_MS)) return;
  throw new ClusterStopError(dataFolder, (await findServer(dataFolder))?.pid ?? 0);
}

async function signalUntilGone(
  { clock, fence }: Program,
  dataFolder: string,
  signal: NodeJS.Signals,
  limitMs: number,
): Promise<boolean> {
  const server = await findServer(dataFolder);
  if (server === undefined) return true;
  // The number was read before: a server that somebody else has started since has another one.
  await fence.check();
  process.kill(server.pid, signal);
  const isGone = async () => (await findServer(dataFolder)) === undefined;
  return untilItIsSo(isGone, { clock, everyMs: POLL_MS, withinMs: limitMs });
}

/**
 * Recovers the cluster in a server without any port, then runs `statements` (one line each) in it as its superuser.
 * @throws RecoveryFailedError with what the server said; the signal's reason when stopped.
 */
export async function recoverWithoutPort(
  { binFolder, account }: Program,
  dataFolder: string,
  statements: readonly string[],
  { signal, onLine }: { readonly signal: AbortSignal; readonly onLine: (line: string) => void },
): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(join(binFolder, 'postgres'), ['--single', '-D', dataFolder, 'template1'], {
    ...account,
    cwd: '/',
    env: ENVIRONMENT,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const complaints: string[] = [];
  let failure: Error | undefined;
  let isDiskFull = false;
  const stop = () => child.kill('SIGQUIT');
  signal.addEventListener('abort', stop, { once: true });
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (/ (ERROR|FATAL|PANIC): /.test(line))
      complaints.push(readRecoveryLine(line.replace(/^.*? (ERROR|FATAL|PANIC): +/, '')));
    isDiskFull ||= line.includes('No space left on device');
    try {
      onLine(line);
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
      stop();
    }
  });
  // The server is gone before it has read everything: its exit says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(statements.map((statement) => `${statement}\n`).join(''));
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    if (failure !== undefined) throw failure;
    if (isDiskFull) throw new PostgresDiskFullError({ doing: 'recovering a copy', code: 'ENOSPC', path: dataFolder });
    if (code !== 0 || complaints.length > 0) throw new RecoveryFailedError(dataFolder, complaints);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
