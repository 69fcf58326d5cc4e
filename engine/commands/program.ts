import { win32 } from 'node:path';
import type { Command } from '../contracts.ts';
import { CommandArgumentError } from './errors.ts';

/** What the operating system is asked to start. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  /** The arguments are one command line, quoted already. */
  readonly isVerbatim: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The program behind a command. Windows starts programs only: a batch file belongs to cmd.exe (Node refuses to start one
 * otherwise, CVE-2024-27980), a PowerShell script to powershell.exe.
 * @throws CommandArgumentError for an argument that a batch file would take apart
 */
export function programOf(
  title: string,
  { command, args }: Pick<Command, 'command' | 'args'>,
  { platform, variables }: { readonly platform: NodeJS.Platform; readonly variables: Variables },
): Program {
  if (platform !== 'win32') return { file: command, args, isVerbatim: false };
  const system = win32.join(variables['SystemRoot'] ?? 'C:\\Windows', 'System32');
  if (/\.(cmd|bat)$/i.test(command)) {
    const words = [command, ...args];
    for (const word of words) if (SPLITS_A_BATCH_LINE.test(word)) throw new CommandArgumentError(title, command);
    // /s: of the whole line only the outermost quotes are taken away; /d: nothing of the registry runs first.
    const line = `"${words.map((word) => `"${word}"`).join(' ')}"`;
    return { file: win32.join(system, 'cmd.exe'), args: ['/d', '/s', '/c', line], isVerbatim: true };
  }
  if (/\.ps1$/i.test(command)) {
    const powershell = win32.join(system, 'WindowsPowerShell', 'v1.0', 'powershell.exe');
    // The machine's own execution policy decides whether the script may run.
    return { file: powershell, args: ['-NoProfile', '-NonInteractive', '-File', command, ...args], isVerbatim: false };
  }
  return { file: command, args, isVerbatim: false };
}

/** Even within quotes cmd.exe replaces %…% and !…!, and a quote or a line's end would begin something new. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const SPLITS_A_BATCH_LINE = /["%!\u0000-\u001f]/;
