import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Command } from '../contracts.ts';
import { endTree, needsGroup } from './endTree.ts';
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
}

const LINES_ON_A_CARD = 6;
const LONGEST_LINE = 300;
const DRAIN_MS = 1000;

/**
 * Runs a command of the installation to its end and gives its output line by line.
 * @throws CommandMissingError, CommandTimeoutError, CommandFailedError; the signal's reason when aborted
 */
export async function runCommand(options: RunCommandOptions): Promise<void> {
  const { title, command, signal, baseVariables } = options;
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(command.timeoutMs);
  const child = start(options);
  const end = () => endTree(child, { platform: process.platform, variables: baseVariables });
  const either = AbortSignal.any([signal, timeout]);
  either.addEventListener('abort', end, { once: true });
  const output = readOutput(options);
  const readers = [child.stdout, child.stderr].map((input) => createInterface({ input }).on('line', output.take));
  const reading = Promise.all(readers.map((reader) => once(reader, 'close')));
  try {
    const [exitCode, killedBy] = await ended(child, title, command);
    await drain(child, readers, reading);
    output.end();
    signal.throwIfAborted();
    if (timeout.aborted) throw new CommandTimeoutError(title, command.timeoutMs / 1000);
    if (exitCode !== 0) throw new CommandFailedError(title, exitCode ?? killedBy ?? 'no exit code', output.lastLines());
  } finally {
    either.removeEventListener('abort', end);
  }
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

function start({ title, command, variables, baseVariables }: RunCommandOptions) {
  const { platform } = process;
  const { file, args, isVerbatim } = programOf(title, command, { platform, variables: baseVariables });
  try {
    return spawn(file, args, {
      env: { ...baseVariables, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: needsGroup(platform),
      windowsHide: true,
      windowsVerbatimArguments: isVerbatim,
    });
  } catch (error) {
    // What is no program at all is thrown, not emitted.
    throw missing(error, title, command) ?? error;
  }
}

/** A service that the command has started may hold its output open for ever: what is there is read, then it is let go. */
async function drain(child: ChildProcess, readers: readonly Interface[], reading: Promise<unknown>): Promise<void> {
  const letGo = setTimeout(() => {
    // A reader does not end with a stream that is destroyed.
    for (const reader of readers) reader.close();
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, DRAIN_MS);
  await reading.catch(() => undefined);
  clearTimeout(letGo);
}

async function ended(child: ChildProcess, title: string, command: Command): Promise<[number | null, string | null]> {
  try {
    const [exitCode, killedBy] = await once(child, 'exit');
    return [typeof exitCode === 'number' ? exitCode : null, typeof killedBy === 'string' ? killedBy : null];
  } catch (error) {
    throw missing(error, title, command) ?? error;
  }
}

const NOT_STARTED = new Set(['ENOENT', 'EACCES', 'EINVAL', 'EFTYPE', 'UNKNOWN']);

function missing(error: unknown, title: string, { command }: Command): CommandMissingError | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return NOT_STARTED.has(code) ? new CommandMissingError(title, command, code) : undefined;
}
