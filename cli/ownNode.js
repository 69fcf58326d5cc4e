// Plain JavaScript for whatever Node the machine has.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * The Node that the project pins, as package `node` lays it down: on Windows `bin/node` is an empty text beside the program, and
 * what npm links in .bin are scripts. Where the package brings no program, the Node that runs already will do if it is of the same
 * major version.
 */
export function findOwnNode({ platform, version, execPath, exists = existsSync, pinned = pinnedVersion }) {
  const own = here(platform === 'win32' ? 'node_modules/node/bin/node.exe' : 'node_modules/.bin/node');
  if (exists(own)) return own;
  const major = (text) => text.split('.')[0];
  return exists(here('node_modules')) && major(version) === major(pinned()) ? execPath : undefined;
}

function pinnedVersion() {
  return JSON.parse(readFileSync(here('package.json'), 'utf8')).dependencies.node;
}
