import { statSync } from 'node:fs';
import type { Installation, Sandbox } from '../engine/contracts.ts';
import { loadInstallation } from './environments.ts';
import type { Log } from './log.ts';

export interface LiveInstallation {
  /** The file as it is at each look: whoever was taken out of it may do nothing from then on. */
  readonly installation: Installation;
  /** The last file that could be used, for whoever only shows what stands in it. */
  readonly lastUsable: Installation;
  /** Of the file that counts, so that two processes can be compared. */
  version(): string;
  /** Whether the file that lies there is the one that counts: one that cannot be used is not. */
  isCurrent(): boolean;
}

/**
 * Names, roles and policies of environments.yaml, read again as soon as the file is another. A file that cannot be used
 * lets nobody do anything until it can: who has just been taken out of it cannot be told.
 * @throws ConfigurationError when the file cannot be used at the start
 */
export function openLiveInstallation(file: string, log: Log): LiveInstallation {
  const load = () => ({ mark: markOf(file), ...loadInstallation(file, {}, 'names-only') });
  let counts = load();
  let isCurrent = true;
  // The queues and surveys of a sandbox are opened at the start.
  const names = new Set(counts.installation.sandboxes.map(({ name }) => name));

  const look = (): void => {
    const mark = markOf(file);
    if (mark === counts.mark) return;
    try {
      counts = load();
      isCurrent = true;
      const added = counts.installation.sandboxes.filter(({ name }) => !names.has(name)).map(({ name }) => name);
      log.info('environments-changed', { version: counts.version });
      if (added.length > 0) log.warn('environments-need-a-restart', { sandboxes: added });
    } catch (error) {
      counts = { ...counts, mark };
      isCurrent = false;
      log.error('environments-unusable', { version: counts.version, err: error });
    }
  };

  const viewOf = (read: () => Installation): Installation => ({
    get people() {
      return read().people;
    },
    get terminalApproval() {
      return read().terminalApproval ?? false;
    },
    get moments() {
      return read().moments ?? [];
    },
    get webhooks() {
      return read().webhooks ?? [];
    },
    get sources() {
      return read().sources;
    },
    get sandboxes() {
      return read().sandboxes.filter(({ name }) => names.has(name));
    },
  });
  const lastUsable = () => {
    look();
    return counts.installation;
  };

  return {
    installation: viewOf(() => {
      const last = lastUsable();
      return isCurrent ? last : withoutRoles(last);
    }),
    lastUsable: viewOf(lastUsable),
    version() {
      look();
      return counts.version;
    },
    isCurrent() {
      look();
      return isCurrent;
    },
  };
}

/** What is written in place changes size or time; what is put in its place is another file. */
function markOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? [found.ino, found.size, found.mtimeMs].join(' ') : 'gone';
}

function withoutRoles(installation: Installation): Installation {
  const sandboxes = installation.sandboxes.map((sandbox): Sandbox => ({
    ...sandbox,
    ...{ viewers: [], requesters: [], approvers: [], operators: [], administrators: [], dataOwners: [] },
  }));
  return { ...installation, sandboxes };
}
