import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findInPath, run } from './step.js';

const policy = '/usr/sbin/policy-rc.d';
let listsAreFresh = false;

/** Whether Debian packages can be installed on this machine (needs apt and root). */
export function canInstall() {
  return canDownload() && process.getuid?.() === 0;
}

/** Whether Debian packages can be fetched (an ordinary user may do that). */
export function canDownload() {
  return findInPath('apt-get') !== undefined;
}

/**
 * Installs Debian packages without starting a service: Rewind starts private servers of its own.
 * @param {string[]} packages
 */
export function aptInstall(packages) {
  if (!listsAreFresh) run('apt-get', ['update', '-q']);
  listsAreFresh = true;
  const policyIsOurs = !existsSync(policy);
  if (policyIsOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    run('apt-get', ['install', '-q', '-y', '-o', 'DPkg::Lock::Timeout=300', '--no-install-recommends', ...packages], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  } finally {
    if (policyIsOurs) rmSync(policy);
  }
}

/**
 * Unpacks Debian packages into `folder`, as any user.
 * @param {string[]} packages
 * @param {string} folder
 */
export function aptUnpack(packages, folder) {
  const downloads = join(folder, 'debs');
  mkdirSync(downloads, { recursive: true });
  run('apt-get', ['download', ...packages], { cwd: downloads });
  for (const file of readdirSync(downloads)) run('dpkg-deb', ['-x', join(downloads, file), folder]);
  rmSync(downloads, { recursive: true });
}
