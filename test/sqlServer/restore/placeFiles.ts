import type { ErrorNumber } from '../sql/errorNumbers.ts';
import { sqlErrors } from '../sql/sqlError.ts';
import type { BackupSet } from '../state/backups.ts';
import { volumeOf } from '../state/disks.ts';
import type { Server, Volume } from '../state/model.ts';
import type { Database, DatabaseFile } from '../state/databaseModel.ts';
import { terminating } from './devices.ts';

interface Move {
  readonly logicalName: string;
  readonly path: string;
}

type Fault = readonly [ErrorNumber, string];

const planning: Fault = [
  3119,
  'Problems were identified while planning for the RESTORE statement. Previous messages provide details.',
];
const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Where the files of a backup go; nothing is written yet. @throws SqlError 3234, 3156, 1834, 3142, 3176, 3257 */
export function placeFiles(
  server: Server,
  replaced: Database | undefined,
  set: BackupSet,
  moves: readonly Move[],
  isReplace: boolean,
): readonly DatabaseFile[] {
  const tail = terminating('RESTORE DATABASE');
  moves.forEach(({ logicalName }, at) => {
    if (!set.files.some((file) => same(file.logicalName, logicalName)))
      throw sqlErrors(
        [
          3234,
          `Logical file '${logicalName}' is not part of database '${set.databaseName}'. Use RESTORE FILELISTONLY to list the logical file names.`,
        ],
        tail,
      );
    if (moves.slice(0, at).some((other) => same(other.logicalName, logicalName)))
      throw sqlErrors(
        [
          4353,
          `Conflicting file relocations have been specified for file '${logicalName}'. Only a single WITH MOVE clause should be specified for any logical file name.`,
        ],
        tail,
      );
  });
  const files = set.files.map((file) => ({
    ...file,
    physicalName: moves.find(({ logicalName }) => same(logicalName, file.logicalName))?.path ?? file.physicalName,
  }));
  // A memory-optimized container is of the same type and needs no FILESTREAM; this double has none.
  if (server.filestreamLevel === 0 && files.some(({ type }) => type === 'FILESTREAM'))
    throw sqlErrors([5591, 'FILESTREAM feature is disabled.'], tail);
  const faults = files.flatMap((file, at) => faultsOf(server, replaced, file, files.slice(0, at), isReplace));
  if (faults.length > 0) throw sqlErrors(...faults, planning, tail);
  requireSpace(server, replaced, files);
  return files;
}

function faultsOf(
  server: Server,
  replaced: Database | undefined,
  file: DatabaseFile,
  before: readonly DatabaseFile[],
  isReplace: boolean,
): readonly Fault[] {
  const { logicalName, physicalName } = file;
  const moveNeeded: Fault = [
    3156,
    `File '${logicalName}' cannot be restored to '${physicalName}'. Use WITH MOVE to identify a valid location for the file.`,
  ];
  const twin = before.find((each) => same(each.physicalName, physicalName));
  if (twin)
    return [
      [
        3176,
        `File '${physicalName}' is claimed by '${logicalName}'(${file.id}) and '${twin.logicalName}'(${twin.id}). The WITH MOVE clause can be used to relocate one or more files.`,
      ],
    ];
  if (!volumeOf(server, physicalName))
    return [
      [
        5133,
        `Directory lookup for the file "${physicalName}" failed with the operating system error 3(The system cannot find the path specified.).`,
      ],
      moveNeeded,
    ];
  const user = server.databases.find(
    (each) => each !== replaced && each.files.some((other) => same(other.physicalName, physicalName)),
  );
  if (user)
    return [
      [1834, `The file '${physicalName}' cannot be overwritten. It is being used by database '${user.name}'.`],
      moveNeeded,
    ];
  const isStray = [...server.strayFiles].some((each) => same(each, physicalName));
  if (isStray && !isReplace)
    return [
      [
        3142,
        `File "${physicalName}" cannot be restored over the existing "${physicalName}". Reissue the RESTORE statement using WITH REPLACE to overwrite pre-existing files, or WITH MOVE to identify an alternate location.`,
      ],
    ];
  return [];
}

function requireSpace(server: Server, replaced: Database | undefined, files: readonly DatabaseFile[]): void {
  const needed = new Map<Volume, number>();
  const add = (path: string, bytes: number) => {
    const volume = volumeOf(server, path);
    if (volume) needed.set(volume, (needed.get(volume) ?? 0) + bytes);
  };
  for (const { physicalName, sizeBytes } of files) add(physicalName, sizeBytes);
  for (const { physicalName, sizeBytes } of replaced?.files ?? []) add(physicalName, -sizeBytes);
  for (const [{ mountPoint, availableBytes }, bytes] of needed) {
    if (bytes > availableBytes)
      throw sqlErrors(
        [
          3257,
          `There is insufficient free space on disk volume '${mountPoint}' to create the database. The database requires ${bytes} additional free bytes, while only ${availableBytes} bytes are available.`,
        ],
        planning,
        terminating('RESTORE DATABASE'),
      );
  }
  const dataBytes = files.filter(({ type }) => type === 'ROWS').reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const licensedMb = (server.version[0] >= 17 ? 50 : 10) * 1024;
  if (server.edition.startsWith('Express') && dataBytes > licensedMb * 2 ** 20)
    throw sqlErrors(
      [
        1827,
        `CREATE DATABASE or ALTER DATABASE failed because the resulting cumulative database size would exceed your licensed limit of ${licensedMb} MB per database.`,
      ],
      terminating('RESTORE DATABASE'),
    );
}
