import { toDateText } from '../sql/dates.ts';
import { readType, type Value, type Values } from '../sql/types.ts';
import { toLsn, type BackupFile, type BackupSet } from '../state/backups.ts';
import type { TypedColumn } from '../sql/scope.ts';

type Declared = Readonly<Record<string, string>>;

const typeNumbers = { D: 1, L: 2, I: 5 } as const;
const descriptions = { D: 'Database', L: 'Transaction Log', I: 'Database Differential' } as const;
const lsn = (position: number | undefined) => (position === undefined ? null : toLsn(position));

/** Wall time of the server that wrote the backup, to the second as headers have it. */
export function headerTime(set: BackupSet, instant: number, isEnd = false): string {
  const seconds = isEnd ? Math.ceil(instant / 1000) : Math.floor(instant / 1000);
  return toDateText(seconds * 1000 + set.zone * 900_000);
}

export const headerColumns: Declared = {
  BackupName: 'nvarchar(128)',
  BackupDescription: 'nvarchar(255)',
  BackupType: 'smallint',
  ExpirationDate: 'datetime',
  Compressed: 'tinyint',
  Position: 'smallint',
  DeviceType: 'tinyint',
  UserName: 'nvarchar(128)',
  ServerName: 'nvarchar(128)',
  DatabaseName: 'nvarchar(128)',
  DatabaseVersion: 'int',
  DatabaseCreationDate: 'datetime',
  BackupSize: 'numeric(20,0)',
  FirstLSN: 'numeric(25,0)',
  LastLSN: 'numeric(25,0)',
  CheckpointLSN: 'numeric(25,0)',
  DatabaseBackupLSN: 'numeric(25,0)',
  BackupStartDate: 'datetime',
  BackupFinishDate: 'datetime',
  SortOrder: 'smallint',
  CodePage: 'smallint',
  UnicodeLocaleId: 'int',
  UnicodeComparisonStyle: 'int',
  CompatibilityLevel: 'tinyint',
  SoftwareVendorId: 'int',
  SoftwareVersionMajor: 'int',
  SoftwareVersionMinor: 'int',
  SoftwareVersionBuild: 'int',
  MachineName: 'nvarchar(128)',
  Flags: 'int',
  BindingID: 'uniqueidentifier',
  RecoveryForkID: 'uniqueidentifier',
  Collation: 'nvarchar(128)',
  FamilyGUID: 'uniqueidentifier',
  HasBulkLoggedData: 'bit',
  IsSnapshot: 'bit',
  IsReadOnly: 'bit',
  IsSingleUser: 'bit',
  HasBackupChecksums: 'bit',
  IsDamaged: 'bit',
  BeginsLogChain: 'bit',
  HasIncompleteMetaData: 'bit',
  IsForceOffline: 'bit',
  IsCopyOnly: 'bit',
  FirstRecoveryForkID: 'uniqueidentifier',
  ForkPointLSN: 'numeric(25,0)',
  RecoveryModel: 'nvarchar(60)',
  DifferentialBaseLSN: 'numeric(25,0)',
  DifferentialBaseGUID: 'uniqueidentifier',
  BackupTypeDescription: 'nvarchar(60)',
  BackupSetGUID: 'uniqueidentifier',
  CompressedBackupSize: 'bigint',
  Containment: 'tinyint',
  KeyAlgorithm: 'nvarchar(32)',
  EncryptorThumbprint: 'varbinary(20)',
  EncryptorType: 'nvarchar(32)',
};

/** Since SQL Server 2022. The documentation says nvarchar(32) of TimeZone; a recorded server sent smallint. */
export const newHeaderColumns: Declared = {
  LastValidRestoreTime: 'datetime',
  TimeZone: 'smallint',
  CompressionAlgorithm: 'nvarchar(32)',
};

export function headerRow(set: BackupSet, isUrl: boolean): Values {
  return {
    BackupType: typeNumbers[set.type],
    Compressed: 1,
    Position: set.position,
    DeviceType: isUrl ? 9 : 2,
    UserName: 'sa',
    ServerName: set.serverName,
    DatabaseName: set.databaseName,
    DatabaseVersion: set.version[0] * 60,
    DatabaseCreationDate: headerTime(set, 0),
    BackupSize: set.sizeBytes,
    FirstLSN: lsn(set.first),
    LastLSN: lsn(set.last),
    CheckpointLSN: lsn(set.checkpoint),
    DatabaseBackupLSN: lsn(set.databaseBackup),
    BackupStartDate: headerTime(set, set.startedAt),
    BackupFinishDate: headerTime(set, set.finishedAt, true),
    SortOrder: 52,
    CodePage: 0,
    UnicodeLocaleId: 1033,
    UnicodeComparisonStyle: 196_609,
    CompatibilityLevel: set.compatibilityLevel,
    SoftwareVendorId: 4608,
    SoftwareVersionMajor: set.version[0],
    SoftwareVersionMinor: set.version[1],
    SoftwareVersionBuild: set.version[2],
    MachineName: set.serverName,
    Flags: 512,
    BindingID: set.databaseGuid,
    RecoveryForkID: set.lastFork,
    Collation: set.collation,
    FamilyGUID: set.familyGuid,
    HasBulkLoggedData: Number(set.isBulkLogged),
    IsSnapshot: 0,
    IsReadOnly: 0,
    IsSingleUser: 0,
    HasBackupChecksums: Number(set.hasChecksums),
    IsDamaged: Number(set.isDamaged),
    BeginsLogChain: 0,
    HasIncompleteMetaData: 0,
    IsForceOffline: 0,
    IsCopyOnly: Number(set.isCopyOnly),
    FirstRecoveryForkID: set.firstFork,
    ForkPointLSN: lsn(set.forkPoint),
    RecoveryModel: set.recoveryModel,
    DifferentialBaseLSN: lsn(set.baseCheckpoint),
    DifferentialBaseGUID: set.baseUuid ?? null,
    BackupTypeDescription: descriptions[set.type],
    BackupSetGUID: set.uuid,
    CompressedBackupSize: Math.ceil(set.sizeBytes / 4),
    Containment: 0,
    EncryptorThumbprint: set.backupEncryptor === undefined ? null : Buffer.from(set.backupEncryptor, 'hex'),
    // As recorded from 16.0.4236: only log backups have the two; in the others TimeZone is whatever lay there.
    LastValidRestoreTime: hasZone(set) ? headerTime(set, set.startedAt) : null,
    TimeZone: hasZone(set) ? set.zone : 48,
    CompressionAlgorithm: 'MS_XPRESS',
  };
}

const hasZone = ({ type, version }: BackupSet) => type === 'L' && version[0] >= 16;

/** A backup without an end. */
export const unfinishedRow = ({ position }: BackupSet): Values => ({
  BackupName: '*** INCOMPLETE ***',
  Position: position,
});

export const fileListColumns: Declared = {
  LogicalName: 'nvarchar(128)',
  PhysicalName: 'nvarchar(260)',
  Type: 'char(1)',
  FileGroupName: 'nvarchar(128)',
  Size: 'numeric(20,0)',
  MaxSize: 'numeric(20,0)',
  FileId: 'bigint',
  CreateLSN: 'numeric(25,0)',
  DropLSN: 'numeric(25,0)',
  UniqueId: 'uniqueidentifier',
  ReadOnlyLSN: 'numeric(25,0)',
  ReadWriteLSN: 'numeric(25,0)',
  BackupSizeInBytes: 'bigint',
  SourceBlockSize: 'int',
  FileGroupId: 'int',
  LogGroupGUID: 'uniqueidentifier',
  DifferentialBaseLSN: 'numeric(25,0)',
  DifferentialBaseGUID: 'uniqueidentifier',
  IsReadOnly: 'bit',
  IsPresent: 'bit',
  TDEThumbprint: 'varbinary(32)',
  SnapshotUrl: 'nvarchar(360)',
};

export function fileListRows(set: BackupSet): readonly Values[] {
  return set.files.map((file) => ({
    LogicalName: file.logicalName,
    PhysicalName: file.physicalName,
    Type: file.type === 'ROWS' ? 'D' : file.type === 'LOG' ? 'L' : 'S',
    FileGroupName: file.type === 'ROWS' ? 'PRIMARY' : null,
    Size: file.sizeBytes,
    MaxSize: '35184372080640',
    FileId: file.id,
    BackupSizeInBytes: Math.ceil(file.sizeBytes / 3),
    SourceBlockSize: 4096,
    FileGroupId: file.type === 'ROWS' ? 1 : 0,
    IsReadOnly: 0,
    IsPresent: 1,
    TDEThumbprint: set.encryptor === undefined ? null : Buffer.from(set.encryptor, 'hex'),
  }));
}

export const labelColumns: Declared = {
  MediaName: 'nvarchar(128)',
  MediaSetId: 'uniqueidentifier',
  FamilyCount: 'int',
  FamilySequenceNumber: 'int',
  MediaFamilyId: 'uniqueidentifier',
  MediaSequenceNumber: 'int',
  MediaLabelPresent: 'tinyint',
  MediaDescription: 'nvarchar(255)',
  SoftwareName: 'nvarchar(128)',
  SoftwareVendorId: 'int',
  MediaDate: 'datetime',
  Mirror_Count: 'int',
  IsCompressed: 'bit',
};

export function labelRow(file: BackupFile): Values {
  return {
    MediaSetId: file.mediaSetUuid,
    FamilyCount: file.familyCount,
    FamilySequenceNumber: file.familySequence,
    MediaSequenceNumber: 1,
    MediaLabelPresent: 0,
    SoftwareName: 'Microsoft SQL Server',
    SoftwareVendorId: 4608,
    Mirror_Count: 1,
    IsCompressed: 1,
  };
}

export function typed(columns: Declared): readonly TypedColumn[] {
  return Object.entries(columns).map(([name, type]) => ({
    name,
    type: readType(type) ?? { name: 'nvarchar', length: -1 },
  }));
}

export function ordered(columns: Declared, row: Values): readonly Value[] {
  return Object.keys(columns).map((name) => row[name] ?? null);
}
