import { existsSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { notReadable } from './problems.ts';
import { readText } from './readText.ts';

/**
 * The process's environment, with the files of Microsoft 365 Agents Toolkit read first: `env/.env.<name>` and
 * `env/.env.<name>.user` (secrets, not in git). What the process already has wins.
 * @throws ConfigurationError when one is there and cannot be read
 */
export function readVariables(folder = 'env'): Readonly<Record<string, string | undefined>> {
  const name = process.env['TEAMSFX_ENV'] ?? 'local';
  // Not loadEnvFile(), to which a byte order mark is part of the first name.
  for (const file of [`${folder}/.env.${name}.user`, `${folder}/.env.${name}`].filter((one) => existsSync(one)))
    for (const [key, value] of Object.entries(parseEnv(readOrSay(file)))) process.env[key] ??= value;
  return process.env;
}

/** Whether whoever started this process asked to be told more than words. */
export const isDebugging = (): boolean => process.env['LOG_LEVEL'] === 'debug';

function readOrSay(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    throw notReadable(file, error);
  }
}

/** Names that a command of the installation needs to start at all. */
const HARMLESS = [
  ...['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR'],
  // Windows: programs look for their libraries and profiles by these, PowerShell also for its modules.
  ...['SystemRoot', 'SystemDrive', 'windir', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'OS', 'PROCESSOR_ARCHITECTURE'],
  ...['USERPROFILE', 'USERNAME', 'USERDOMAIN', 'COMPUTERNAME', 'APPDATA', 'LOCALAPPDATA', 'ProgramData', 'PUBLIC'],
  ...['ProgramFiles', 'ProgramFiles(x86)', 'CommonProgramFiles', 'CommonProgramFiles(x86)', 'PSModulePath'],
];

/** What commands inherit: none of Rewind's own secrets. */
export function commandVariables(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    HARMLESS.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
