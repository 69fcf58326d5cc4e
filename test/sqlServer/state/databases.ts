import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFlags } from '../catalogue/databaseFlags.ts';
import { openConnection } from './connection.ts';
import { volumeOf } from './disks.ts';
import type { Server } from './model.ts';
import type { Database, DatabaseFile, DatabaseOptions, Principal } from './databaseModel.ts';
import { closeConnections } from './sessions.ts';
import { createTurnsOf } from './turns.ts';

export interface NewDatabase {
  readonly name: string;
  readonly owner?: string;
  readonly isSystem?: boolean;
  readonly files?: readonly DatabaseFile[];
  readonly options?: Partial<DatabaseOptions>;
  readonly userAccess?: Database['userAccess'];
}

const newGuid = () => randomUUID().toUpperCase();
const turnsByServer = new WeakMap<Server, ReturnType<typeof createTurnsOf>>();

/** A new database, empty and online, with its space taken on the volumes. */
export function addDatabase(server: Server, wanted: NewDatabase): Database {
  const database = placeDatabase(server, wanted);
  openConnection(database.path).db.close();
  return database;
}

/** A database without content: what RESTORE fills. */
export function placeDatabase(
  server: Server,
  { name, owner = 'sa', isSystem = false, files, options, userAccess }: NewDatabase,
): Database {
  const id = server.nextDatabaseId;
  server.nextDatabaseId += 1;
  const newTurns = turnsByServer.get(server) ?? createTurnsOf();
  turnsByServer.set(server, newTurns);
  const database: Database = {
    name,
    id,
    createdAt: server.now(),
    guid: newGuid(),
    familyGuid: newGuid(),
    forkGuid: newGuid(),
    owner,
    state: 'ONLINE',
    userAccess: userAccess ?? 'MULTI_USER',
    holder: undefined,
    isHeldBySetter: false,
    options: newOptions(server, options),
    files: [...(files ?? defaultFiles(server, name))],
    path: newTablesPath(server),
    log: [],
    position: 100,
    logStart: undefined,
    differentialBase: undefined,
    restoring: undefined,
    fork: undefined,
    principals: newPrincipals(server.logins.find((login) => login.name === owner)?.sid ?? '01'),
    properties: [],
    ownRows: new Map(),
    isSystem,
    turns: newTurns(),
  };
  server.databases.push(database);
  for (const file of database.files) takeSpace(server, file.physicalName, file.sizeBytes);
  return database;
}

export function newTablesPath(server: Server): string {
  return join(server.folder, `${newGuid()}.sqlite`);
}

/** Takes a database away with its files, and gives their space back. */
export function removeDatabase(server: Server, database: Database): void {
  closeConnections(server, database);
  server.databases.splice(server.databases.indexOf(database), 1);
  for (const file of database.files) takeSpace(server, file.physicalName, -file.sizeBytes);
  removeTables(database.path);
}

export function removeTables(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

function takeSpace(server: Server, path: string, bytes: number): void {
  const volume = volumeOf(server, path);
  if (volume) volume.availableBytes -= bytes;
}

function defaultFiles(server: Server, name: string): readonly DatabaseFile[] {
  const folder = `${server.volumes[0]?.mountPoint ?? 'C:\\'}Data\\`;
  const megabyte = 1_048_576;
  return [
    { id: 1, logicalName: name, physicalName: `${folder}${name}.mdf`, type: 'ROWS', sizeBytes: 8 * megabyte },
    {
      id: 2,
      logicalName: `${name}_log`,
      physicalName: `${folder}${name}_log.ldf`,
      type: 'LOG',
      sizeBytes: 8 * megabyte,
    },
  ];
}

function newOptions(server: Server, options: Partial<DatabaseOptions> = {}): DatabaseOptions {
  return {
    recoveryModel: 'FULL',
    compatibilityLevel: Math.min(server.version[0] * 10, 160),
    brokerGuid: newGuid(),
    collation: server.collation,
    pageVerify: 'CHECKSUM',
    scoped: { MAXDOP: 0, LEGACY_CARDINALITY_ESTIMATION: 0, PARAMETER_SNIFFING: 1 },
    changeTracking: undefined,
    encryptor: undefined,
    decryption: undefined,
    queryStoreRows: 0,
    ...options,
    flags: { ...databaseFlags, ...options.flags },
  };
}

export const fixedRoles = [
  'db_owner',
  'db_accessadmin',
  'db_securityadmin',
  'db_ddladmin',
  'db_backupoperator',
  'db_datareader',
  'db_datawriter',
  'db_denydatareader',
  'db_denydatawriter',
];

function newPrincipals(ownerSid: string): Principal[] {
  const principal = (name: string, id: number, type: 'S' | 'R', sid?: string): Principal => ({
    name,
    id,
    type,
    sid,
    roles: new Set(),
    permissions: [],
  });
  return [
    principal('public', 0, 'R'),
    principal('dbo', 1, 'S', ownerSid),
    principal('guest', 2, 'S', '00'),
    principal('INFORMATION_SCHEMA', 3, 'S'),
    principal('sys', 4, 'S'),
    ...fixedRoles.map((name, index) => principal(name, 16_384 + index, 'R')),
  ];
}
