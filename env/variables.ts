import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

/**
 * The process's environment, with the files of Microsoft 365 Agents Toolkit read first: `env/.env.<name>` and
 * `env/.env.<name>.user` (secrets, not in git). What the process already has wins.
 */
export function readVariables(folder = 'env'): Readonly<Record<string, string | undefined>> {
  const name = process.env['TEAMSFX_ENV'] ?? 'local';
  for (const file of [`${folder}/.env.${name}.user`, `${folder}/.env.${name}`]) if (existsSync(file)) loadEnvFile(file);
  return process.env;
}

/** Names that a command of the installation needs to start at all. */
const HARMLESS = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'TMPDIR',
  'SystemRoot',
  'ComSpec',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'PATHEXT',
];

/** What commands inherit: none of Rewind's own secrets. */
export function commandVariables(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    HARMLESS.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
