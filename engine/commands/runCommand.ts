import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { execa } from 'execa';
import { endsWithin } from '../bounded.ts';
import { systemClock } from '../clock.ts';
import type { Command } from '../contracts.ts';
import { untilItIsSo } from '../retry.ts';
import { CommandFailedError, CommandMissingError, CommandTimeoutError } from './errors.ts';
import { programOf } from './program.ts';
import type { WithholdValues } from './withholdValues.ts';

export interface RunCommandOptions {
  /** For people: `Synchronization of uat`. */
  readonly title: string;
  readonly command: Command;
  /** Added to a minimal environment (PATH and what Windows needs); Rewind's own secrets are not passed on. */
  readonly variables: Readonly<Record<string, string>>;
  readonly baseVariables: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** One line of output, without secrets and values. */
  readonly onLine: (line: string) => void;
  readonly scrub: (text: string) => string;
  readonly withhold: WithholdValues;
  /** Shorter ones are for tests. */
  readonly graceMs?: number;
}

const LINES_ON_A_CARD = 6;
const LONGEST_LINE = 300;
const DRAIN_MS = 1000;

/** What a command and all that it has started may take to end by themselves, once they are told to; then they are killed. */
const GRACE_MS = 5000;

/**
 * Runs a command of the installation to its end and gives its output line by line. Stopped, or out of time, it is told to end
 * (SIGTERM; Windows knows only an end at once) with all that it has started, and killed when it does not.
 * @throws CommandMissingError, CommandTimeoutError, CommandFailedError; the signal's reason when aborted
 */
export async function runCommand(options: RunCommandOptions): Promise<void> {
  const { title, command, signal, graceMs = GRACE_MS } = options;
  signal.throwIfAborted();
  const running = start(options, graceMs);
  const child = running.nodeChildProcess;
  const output = readOutput(options);
  const readers = [running.stdout, running.stderr].map((input) => createInterface({ input }).on('line', output.take));
  child.once('exit', () => void drain(child, readers));
  const result = await running;
  if (result.isTerminated && child.pid !== undefined) await endRest(child.pid, graceMs);
  output.end();
  signal.throwIfAborted();
  if (result.timedOut) throw new CommandTimeoutError(title, command.timeoutMs / 1000);
  if (child.pid === undefined) throw notStarted(result, title, command);
  const { exitCode, signal: killedBy } = result;
  if (exitCode !== 0) throw new CommandFailedError(title, exitCode ?? killedBy ?? 'no exit code', output.lastLines());
}

/** Rows that follow a sentence about them do not push it off the card. */
function readOutput({ onLine, scrub, withhold }: RunCommandOptions) {
  const all: string[] = [];
  const telling: string[] = [];
  let withheldWords = 0;
  const keep = (lines: string[], line: string) => {
    lines.push(line.slice(0, LONGEST_LINE));
    if (lines.length > LINES_ON_A_CARD) lines.shift();
  };
  return {
    take(raw: string) {
      const { text, withheld, isTelling } = withhold(scrub(raw.trimEnd()));
      withheldWords += withheld;
      // Of a line that nothing is left of, the count at the end tells.
      if (!/[\p{L}\p{N}]/u.test(text)) return;
      keep(all, text);
      if (isTelling) keep(telling, text);
      onLine(text);
    },
    end() {
      if (withheldWords > 0)
        onLine(
          `${String(withheldWords)} words of the output are withheld: they may hold data. The program’s own log has them`,
        );
    },
    lastLines: () => (telling.length > 0 ? telling : all),
  };
}

function start({ title, command, variables, baseVariables, signal }: RunCommandOptions, graceMs: number) {
  const { file, args, isVerbatim } = programOf(title, command, {
    platform: process.platform,
    variables: baseVariables,
  });
  return execa(file, args, {
    ...{ env: { ...baseVariables, ...variables }, extendEnv: false, stdin: 'ignore', buffer: false, reject: false },
    ...{ cancelSignal: signal, timeout: command.timeoutMs, forceKillAfterDelay: graceMs, killDescendants: true },
    // A worker that ends has told its commands to end already.
    cleanup: false,
    windowsVerbatimArguments: isVerbatim,
  });
}

/** A service that the command has started may hold its output open for ever: what is there is read, then it is let go. */
async function drain({ stdout, stderr }: ChildProcess, readers: readonly Interface[]): Promise<void> {
  const reading = Promise.all(readers.map((reader) => once(reader, 'close')));
  if (await endsWithin(DRAIN_MS, reading)) return;
  // A reader does not end with a stream that is destroyed.
  for (const reader of readers) reader.close();
  stdout?.destroy();
  stderr?.destroy();
}

const LOOK_EVERY_MS = 20;

/** What a command has started may outlive it by its grace, and no longer. Windows has ended the whole tree with it. */
async function endRest(pid: number, graceMs: number): Promise<void> {
  if (process.platform === 'win32') return;
  const isGone = async () => !signalGroup(pid, 0);
  if (await untilItIsSo(isGone, { clock: systemClock, everyMs: LOOK_EVERY_MS, withinMs: graceMs })) return;
  signalGroup(pid, 'SIGKILL');
}

/** Whether there was still somebody in it. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

const NOT_STARTED = new Set(['ENOENT', 'EACCES', 'EINVAL', 'EFTYPE', 'UNKNOWN']);

function notStarted({ code = '', cause }: ExecaResult, title: string, { command }: Command): Error {
  if (NOT_STARTED.has(code)) return new CommandMissingError(title, command, code);
  return cause instanceof Error ? cause : new Error(`${title} was not started`);
}

type ExecaResult = Awaited<ReturnType<typeof start>>;
