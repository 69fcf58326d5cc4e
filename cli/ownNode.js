// Plain JavaScript for whatever Node the machine has.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Before this minor version, Node 24 writes a warning about types into every terminal. */
const FIRST_QUIET = 3;

/**
 * The Node that a command runs on: the one that runs already where it is of the pinned major version, which spares a second process;
 * otherwise the project's own, as package `node` lays it down: on Windows `bin/node` is an empty text beside the program, and what npm
 * links in .bin are scripts. Nothing where packages are missing.
 */
export function findOwnNode({ platform, version, execPath, exists = existsSync, pinned = pinnedVersion }) {
  if (!exists(here('node_modules'))) return undefined;
  const [major, minor] = version.split('.').map(Number);
  const isSameMajor = major === Number(pinned().split('.')[0]);
  if (isSameMajor && minor >= FIRST_QUIET) return execPath;
  const own = here(platform === 'win32' ? 'node_modules/node/bin/node.exe' : 'node_modules/.bin/node');
  if (exists(own)) return own;
  return isSameMajor ? execPath : undefined;
}

function pinnedVersion() {
  return JSON.parse(readFileSync(here('package.json'), 'utf8')).dependencies.node;
}
