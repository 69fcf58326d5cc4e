import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { machineEnvironment } from '../install/machine.js';
import type { ProcessRecord } from './leftovers.ts';
import { endGroup, send } from './processGroup.ts';
import { identify } from './processIdentity.ts';
import { readOutput, waitUntilReady, type Readiness } from './readiness.ts';

export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly ready: Readiness;
  /** `always`: started again when it ends without being told to. */
  readonly restart?: 'always' | 'never';
  /** Whoever ends before is reported at once, so this is for those that hang: far beyond what a busy machine takes. */
  readonly readyWithinMs?: number;
  readonly stopSignal?: NodeJS.Signals;
  /** How long it may take to end by itself before it is killed. */
  readonly stopWithinMs?: number;
  /** To run as another user (PostgreSQL refuses root). */
  readonly uid?: number;
  readonly gid?: number;
}

export interface Child {
  /** Settles once, for the first start. */
  readonly ready: Promise<void>;
  pid(): number | undefined;
  record(): ProcessRecord | undefined;
  stop(): Promise<void>;
  /** At once and without waiting: the last resort of a supervisor that is about to end. */
  killGroup(): void;
}

interface Surroundings {
  readonly logs: string;
  readonly say: (sentence: string) => void;
  readonly changed: () => void;
}

const restartAfterMs = 250;
const READY_WITHIN_MS = 120_000;

export function startChild(spec: ProcessSpec, { logs, say, changed }: Surroundings): Child {
  const file = `${logs}/${spec.name}.log`;
  let running: ChildProcess | undefined;
  let current: ProcessRecord | undefined;
  let isStopping = false;
  let restartTimer: NodeJS.Timeout | undefined;

  const launch = (): Promise<void> => {
    // Straight into the file: a child must not break because its supervisor was killed and a pipe closed.
    const log = openSync(file, 'a');
    const output = { file, fromByte: fstatSync(log).size };
    const { command, args, cwd, uid, gid } = spec;
    const child = spawn(command, args, {
      cwd,
      uid,
      gid,
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...machineEnvironment(), ...spec.env },
    });
    closeSync(log);
    const ended = new AbortController();
    const lastLines = () => readOutput(output).trim().split('\n').slice(-10).join('\n');
    const end = (how: string) => {
      if (running !== child) return;
      running = undefined;
      current = undefined;
      ended.abort(new Error(`${spec.name} ${how} before it was ready:\n${lastLines()}`));
      if (!isStopping) afterwards(how);
    };
    child.once('error', (error) => end(`could not be started (${error.message})`));
    child.once('exit', (code, signal) => end(`ended with ${signal ?? `exit code ${code}`}`));
    running = child;
    if (child.pid !== undefined) current = { name: spec.name, pid: child.pid, identity: identify(child.pid) ?? '' };
    const { readyWithinMs = READY_WITHIN_MS } = spec;
    const inTime = AbortSignal.timeout(readyWithinMs);
    return waitUntilReady(spec.ready, output, AbortSignal.any([ended.signal, inTime])).catch((error: unknown) => {
      if (!inTime.aborted) throw error;
      throw new Error(`${spec.name} is not ready after ${readyWithinMs} ms:\n${lastLines()}`, {
        cause: error,
      });
    });
  };

  const afterwards = (how: string) => {
    changed();
    if (spec.restart !== 'always') return say(`${spec.name} ${how}`);
    say(`${spec.name} ${how} and is started again`);
    restartTimer = setTimeout(() => {
      launch().catch((error: unknown) => say(String(error)));
      changed();
    }, restartAfterMs);
  };

  return {
    ready: launch(),
    pid: () => running?.pid,
    record: () => current,
    async stop() {
      isStopping = true;
      clearTimeout(restartTimer);
      const pid = running?.pid;
      if (pid !== undefined) await endGroup(pid, spec.stopSignal ?? 'SIGTERM', spec.stopWithinMs ?? 10_000);
    },
    killGroup() {
      isStopping = true;
      if (running?.pid !== undefined) send(-running.pid, 'SIGKILL');
    },
  };
}
