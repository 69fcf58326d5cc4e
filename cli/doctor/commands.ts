import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { COMMAND_NAMES, type Sandbox } from '../../engine/contracts.ts';
import { bad, doubtful, good, type Finding } from './finding.ts';

/** Whether each command of a sandbox is a program that this account may start on this machine. None is started. */
export function examineCommands(
  sandbox: Sandbox,
  variables: Readonly<Record<string, string | undefined>>,
): readonly Finding[] {
  return COMMAND_NAMES.map((name) => {
    const subject = `command ${name} of ${sandbox.name}`;
    const command = sandbox.commands[name]?.command;
    if (command === undefined) return doubtful(subject, 'not configured: the step does nothing here');
    const found = findProgram(command, variables);
    return found === undefined
      ? bad(
          subject,
          `this machine and account cannot start ${command}`,
          'Correct it in environments.yaml, or install it where this worker runs.',
        )
      : good(subject, found);
  });
}

/** As the operating system looks for it: a path as it stands, a bare name along PATH. */
export function findProgram(
  command: string,
  { PATH = '' }: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const isPath = /[\\/]/.test(command);
  const folders = isPath ? [''] : PATH.split(delimiter).filter((folder) => folder !== '');
  // PATHEXT is for shells; Windows itself completes a name to a program only.
  const endings = platform === 'win32' && !/\.[a-z0-9]+$/i.test(command) ? ['.exe', '.com'] : [''];
  const places = folders.flatMap((folder) => endings.map((ending) => join(folder, `${command}${ending}`)));
  return places.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
