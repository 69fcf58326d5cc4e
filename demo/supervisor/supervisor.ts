import { mkdirSync } from 'node:fs';
import { startChild, type Child, type ProcessSpec } from './child.ts';
import { reapLeftovers, writeProcessList } from './leftovers.ts';
import { send } from './processGroup.ts';

/** Owns every process of a demo or a test: none outlives it, and a killed one's children are found by the next. */
export interface Supervisor {
  /** Resolves when the process is ready; rejects, with its last output, when it ends or is not ready in time. */
  start(spec: ProcessSpec): Promise<void>;
  /** Ends with everything else, in its turn: what runs outside of this supervisor's processes, such as a database server. */
  defer(name: string, end: () => Promise<void>): void;
  /** Ends the process and its children in good order; it is not started again. */
  stop(name: string): Promise<void>;
  /** A signal to the process alone, as a crash would be: what `restart` says happens. */
  kill(name: string, signal: NodeJS.Signals): void;
  /** The pid of the living process, or undefined. */
  pid(name: string): number | undefined;
  /** Ends all, last started first. */
  stopAll(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface SupervisorOptions {
  /** Holds `processes.json` and `logs/<name>.log`. */
  readonly folder: string;
  /** Told one sentence when a process ends unexpectedly or is ended as a leftover, and when a signal has stopped everything. */
  readonly say: (sentence: string) => void;
}

/**
 * Ends leftovers of an earlier supervisor of `folder` first. SIGINT and SIGTERM stop everything, then take their usual effect.
 * @throws when another living supervisor owns `folder`
 */
export async function createSupervisor({ folder, say }: SupervisorOptions): Promise<Supervisor> {
  const logs = `${folder}/logs`;
  mkdirSync(logs, { recursive: true });
  for (const name of await reapLeftovers(folder))
    say(`${name} was left running by an earlier start and has been ended`);
  const children = new Map<string, Child>();
  const ends = new Map<string, () => Promise<void>>();
  const record = () =>
    writeProcessList(
      folder,
      [...children.values()].flatMap((child) => child.record() ?? []),
    );
  record();

  const stop = async (name: string): Promise<void> => {
    const child = children.get(name);
    if (child === undefined) return;
    await child.stop();
    children.delete(name);
    ends.delete(name);
    record();
  };
  const stopEverything = async (): Promise<void> => {
    for (const [name, end] of [...ends].toReversed()) {
      // One that does not end well must not keep the others running.
      await end().catch((error: unknown) => say(`${name} did not end well: ${String(error)}`));
    }
    ends.clear();
    release();
  };
  let stopping: Promise<void> | undefined;
  const stopAll = (): Promise<void> => (stopping ??= stopEverything());
  const stopBySignal = async () => {
    await stopAll();
    say('Stopped');
  };
  const release = takeSignals(stopBySignal, () => {
    for (const child of children.values()) child.killGroup();
  });

  return {
    async start(spec) {
      if (children.has(spec.name)) throw new Error(`${spec.name} runs already`);
      const child = startChild(spec, { logs, say, changed: record });
      children.set(spec.name, child);
      ends.set(spec.name, () => stop(spec.name));
      record();
      try {
        await child.ready;
      } catch (error) {
        await stop(spec.name);
        throw error;
      }
    },
    defer(name, end) {
      ends.set(name, end);
    },
    stop,
    kill(name, signal) {
      const pid = children.get(name)?.pid();
      if (pid === undefined) throw new Error(`${name} does not run`);
      send(pid, signal);
    },
    pid: (name) => children.get(name)?.pid(),
    stopAll,
    [Symbol.asyncDispose]: stopAll,
  };
}

/** Children lead groups of their own, so a terminal's Ctrl+C reaches this process alone and the order stays ours. */
function takeSignals(stop: () => Promise<void>, killAll: () => void): () => void {
  const handle = (signal: NodeJS.Signals) => {
    void stop().finally(() => process.kill(process.pid, signal));
  };
  process.on('SIGINT', handle).on('SIGTERM', handle).on('exit', killAll);
  return () => process.off('SIGINT', handle).off('SIGTERM', handle).off('exit', killAll);
}
