import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, step } from './step.js';

const modules = join(root, 'node_modules');

/** The project's own Node: TypeScript runs on it directly, whatever Node the machine has. */
export const ownNode = join(modules, '.bin', 'node');

/** Brings `node_modules` to what the lockfile says, with the Node that `package.json` pins. */
export function installPackages() {
  if (!packagesMatchLockfile()) {
    // Takes the versions of the lockfile and leaves that file alone, as "npm ci" does; but "npm ci" refuses a lockfile
    // that lacks the binaries of other systems (its optional packages), which differ by where the file was written.
    step('Installing packages (npm install)', () =>
      run('npm', ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund']),
    );
  }
  if (!ownNodeRuns()) {
    // npm blocks install scripts that it was not told to trust (npm 11 reads allowScripts, older settings do not).
    step(`Installing Node ${pinnedNode()}`, () => {
      run('node', ['installArchSpecificPackage.js'], { cwd: join(modules, 'node') });
      // npm may have left out the link to a file that was not there yet.
      rmSync(ownNode, { force: true });
      symlinkSync(join('..', 'node', 'bin', 'node'), ownNode);
      if (!ownNodeRuns()) throw new Error(`${ownNode} --version is not v${pinnedNode()}`);
    });
  }
}

/** Compares versions, not dates: a checkout touches the lockfile without changing it. */
function packagesMatchLockfile() {
  const installedList = join(modules, '.package-lock.json');
  if (!existsSync(installedList)) return false;
  const wanted = readJson(join(root, 'package-lock.json')).packages;
  const installed = readJson(installedList).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.devOptional || installed[path]?.version === entry.version,
  );
}

function ownNodeRuns() {
  const answer = spawnSync(ownNode, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 && answer.stdout.trim() === `v${pinnedNode()}`;
}

function pinnedNode() {
  return readJson(join(root, 'package.json')).dependencies.node;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
