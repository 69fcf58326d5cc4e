import { counted } from '../../../counted.ts';
import { z } from 'zod';
import type { CheckResult, Retirement } from '../../../contracts.ts';
import { describeBytes } from '../../../sizes.ts';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import type { SourceFile } from '../source/backupFiles.ts';
import { serverError } from '../../../databases/sqlServer/faults.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import type { Folders } from '../copy/placement.ts';
import { readVolumes } from '../statements/files.ts';

const volumeRow = z.object({ volume: z.string(), totalBytes: z.coerce.number(), freeBytes: z.coerce.number() });
export type Volume = z.infer<typeof volumeRow>;

/**
 * Every volume with a file of any database: a folder for the copies may lie where the target has nothing. None where the
 * server does not tell.
 */
export const listVolumes = async (connection: Connection): Promise<readonly Volume[]> =>
  (await askIfAllowed(connection, readVolumes(), volumeRow, 'measuring free space')) ?? [];

/** A copy that is to be placed. */
export interface Placement {
  readonly files: readonly SourceFile[];
  readonly folders: Folders;
}

/** A file that is on the server already. */
export interface Held {
  readonly path: string;
  readonly sizeBytes: number;
}

/** Databases of one run beside the target: former ones, or a copy. */
export interface Previous {
  readonly runId: string;
  readonly names: readonly string[];
  readonly files: readonly Held[];
}

export interface SpaceRequest {
  readonly server: string;
  readonly copies: readonly Placement[];
  readonly hasIntegrityCheck: boolean;
  readonly volumes: readonly Volume[];
  /** Of the target: they stay where they are and become the former databases. */
  readonly current: readonly Held[];
  readonly previous: readonly Previous[];
  /** Copies that lie there already: dropped, or taken up again, before anything is restored. */
  readonly left: readonly Previous[];
}

export interface SpacePlan {
  readonly checks: readonly CheckResult[];
  readonly copies: readonly Retirement[];
  readonly formers: readonly Retirement[];
  readonly retires: readonly Retirement[];
}

/** Sanitization and synchronization write: log and data grow beyond what was restored. */
const GROWTH = 0.1;
/**
 * DBCC CHECKDB reads a hidden snapshot beside the data files, which takes the pages that change while it runs. The copy is
 * closed then and nobody writes, so this is a reserve. It checks one database after the other.
 */
const CHECK = 0.02;

/**
 * What each volume has to hold beyond what it holds now, until the copies are the target: they come on top of the present
 * and the former databases. Where that is too much, former databases of earlier runs have to go, the oldest first.
 * @throws ServerRefusal naming the volume that is too small even then.
 */
export function planSpace(request: SpaceRequest): SpacePlan {
  const needs = needsOf(request);
  const retires: Previous[] = [];
  const freeBytes = ({ volume }: Need) =>
    volume.freeBytes +
    sumOn(
      volume,
      [...request.left, ...retires].flatMap(({ files }) => files),
      request.volumes,
    );
  const isShort = (need: Need) => totalOf(need) > freeBytes(need);
  for (const previous of request.previous.toSorted(byAge)) {
    const helps = needs.some((need) => isShort(need) && sumOn(need.volume, previous.files, request.volumes) > 0);
    if (helps) retires.push(previous);
  }
  const short = needs.find(isShort);
  if (short !== undefined) throw noSpace(request, short, freeBytes(short), retires);
  return {
    checks: [...needs.map((need) => checkOf(need, [...request.left, ...retires], request)), ...unknownFolders(request)],
    copies: request.left.map(retirementOf),
    formers: request.previous.map(retirementOf),
    retires: retires.map(retirementOf),
  };
}

const retirementOf = ({ runId, names, files }: Previous): Retirement => ({ runId, names, sizeBytes: sum(files) });

/** The number of a run tells: a server gives the ids of dropped databases to new ones, and R-10001 is no older than R-9999. */
const { compare } = new Intl.Collator('en', { numeric: true });
const byAge = (one: Previous, other: Previous) => compare(one.runId, other.runId);

interface Need {
  readonly volume: Volume;
  copyBytes: number;
  growthBytes: number;
  checkBytes: number;
}

const totalOf = ({ copyBytes, growthBytes, checkBytes }: Need) => copyBytes + growthBytes + checkBytes;

function needsOf({ copies, volumes, hasIntegrityCheck }: SpaceRequest): readonly Need[] {
  const needs = new Map<Volume, Need>();
  for (const { files, folders } of copies) {
    const checkBytes = new Map<Need, number>();
    for (const { Type, Size } of files) {
      const volume = volumeOf(Type === 'L' ? folders.log : folders.data, volumes);
      if (volume === undefined) continue;
      const need = needs.get(volume) ?? { volume, copyBytes: 0, growthBytes: 0, checkBytes: 0 };
      needs.set(volume, need);
      need.copyBytes += Size;
      need.growthBytes += Size * GROWTH;
      if (hasIntegrityCheck && Type !== 'L') checkBytes.set(need, (checkBytes.get(need) ?? 0) + Size * CHECK);
    }
    for (const [need, bytes] of checkBytes) need.checkBytes = Math.max(need.checkBytes, bytes);
  }
  return [...needs.values()];
}

function checkOf(need: Need, dropped: readonly Previous[], { volumes, current, previous }: SpaceRequest): CheckResult {
  const { volume, copyBytes, growthBytes, checkBytes } = need;
  const held = [
    ['the target', sumOn(volume, current, volumes)],
    [
      'former databases',
      sumOn(
        volume,
        previous.flatMap(({ files }) => files),
        volumes,
      ),
    ],
  ] as const;
  const made = sumOn(
    volume,
    dropped.flatMap(({ files }) => files),
    volumes,
  );
  const parts = [
    `copies ${describeBytes(copyBytes)}`,
    `growth ${describeBytes(growthBytes)}`,
    ...(checkBytes > 0 ? [`integrity check ${describeBytes(checkBytes)}`] : []),
  ];
  const beside = held.filter(([, bytes]) => bytes > 0).map(([what, bytes]) => `${what} ${describeBytes(bytes)}`);
  return {
    name: 'space-on-volume',
    title: `Space on ${volume.volume}`,
    outcome: 'passed',
    basis: 'measured',
    detail: `${describeBytes(totalOf(need))} needed, ${describeBytes(volume.freeBytes)} free${made > 0 ? `, ${describeBytes(made)} dropped first` : ''}: ${parts.join(', ')}${beside.length === 0 ? '' : `; beside ${beside.join(', ')}`}`,
    remedy: '',
  };
}

function unknownFolders({ copies, volumes }: SpaceRequest): readonly CheckResult[] {
  const folders = copies.flatMap(({ folders: { data, log } }) => [data, log]);
  const unknown = [...new Set(folders)].filter((folder) => volumeOf(folder, volumes) === undefined);
  if (unknown.length === 0) return [];
  return [
    {
      name: 'space-on-volume',
      title: 'Space for the copies',
      outcome: 'warning',
      basis: 'not-applicable',
      detail: `Not known for ${unknown.join(', ')}`,
      remedy:
        'Look at the volume yourself: the server tells of volumes with a database file, and only with VIEW SERVER STATE.',
    },
  ];
}

function noSpace({ server, previous }: SpaceRequest, need: Need, freeBytes: number, retired: readonly Previous[]) {
  const without = retired.length === 0 ? '' : ` even without ${retired.flatMap(({ names }) => names).join(', ')}`;
  const doing = `planning: ${describeBytes(totalOf(need))} are needed, ${describeBytes(freeBytes)} are free${without}, ${previous.length === 0 ? 'no former database lies there' : `${counted(previous.length, 'earlier run keeps', 'earlier runs keep')} former databases`},`;
  const objects = [{ kind: 'volume', name: need.volume.volume }] as const;
  return serverError('disk-full', { number: 3257, state: 0, server, doing, objects });
}

const sum = (files: readonly Held[]) => files.reduce((total, { sizeBytes }) => total + sizeBytes, 0);

const sumOn = (volume: Volume, files: readonly Held[], volumes: readonly Volume[]) =>
  sum(files.filter(({ path }) => volumeOf(path, volumes) === volume));

/** The one with the longest mount point before the path. */
export function volumeOf(path: string, volumes: readonly Volume[]): Volume | undefined {
  return volumes
    .filter(({ volume }) => path.toLowerCase().startsWith(volume.toLowerCase()))
    .toSorted((a, b) => b.volume.length - a.volume.length)[0];
}
