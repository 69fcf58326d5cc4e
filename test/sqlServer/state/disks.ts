import type { Server, Volume } from './model.ts';

/** The volume that a path lies on: the one with the longest mount point before it. */
export function volumeOf(server: Server, path: string): Volume | undefined {
  const lower = path.toLowerCase();
  return server.volumes
    .filter(({ mountPoint }) => lower.startsWith(mountPoint.toLowerCase()))
    .toSorted((one, other) => other.mountPoint.length - one.mountPoint.length)[0];
}
