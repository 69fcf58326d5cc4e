SELECT CAST(SERVERPROPERTY('ServerName') AS nvarchar(128)) AS serverName,
       CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS productVersion,
       CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,
       CAST(SERVERPROPERTY('EngineEdition') AS int) AS engineEdition,
       CAST(SERVERPROPERTY('Collation') AS nvarchar(128)) AS collation,
       CAST(SERVERPROPERTY('FilestreamEffectiveLevel') AS int) AS filestreamLevel,
       CAST(SERVERPROPERTY('InstanceDefaultDataPath') AS nvarchar(260)) AS dataFolder,
       CAST(SERVERPROPERTY('InstanceDefaultLogPath') AS nvarchar(260)) AS logFolder,
       CONVERT(varchar(23), SYSUTCDATETIME(), 126) AS utcTime,
       CONVERT(varchar(23), SYSDATETIME(), 126) AS localTime,
       SUSER_SNAME() AS login,
       IS_SRVROLEMEMBER('sysadmin') AS isSysadmin,
       @@SPID AS session,
       @@OPTIONS & 512 AS noCount;
GO
SELECT d.name,
       d.database_id AS id,
       d.state_desc AS state,
       d.user_access_desc AS userAccess,
       SUSER_SNAME(d.owner_sid) AS owner,
       d.collation_name AS collation,
       d.recovery_model_desc AS recoveryModel,
       d.compatibility_level AS compatibilityLevel,
       d.is_read_committed_snapshot_on AS isReadCommittedSnapshot,
       d.snapshot_isolation_state_desc AS snapshotIsolation,
       d.is_auto_update_stats_async_on AS isStatisticsAsync,
       d.is_broker_enabled AS isBrokerEnabled,
       d.is_query_store_on AS isQueryStoreOn,
       d.is_encrypted AS isEncrypted,
       d.is_cdc_enabled AS isCdcEnabled,
       d.is_published AS isPublished,
       d.is_merge_published AS isMergePublished,
       d.is_subscribed AS isSubscribed,
       d.is_distributor AS isDistributor,
       d.source_database_id AS snapshotOf,
       d.replica_id AS replicaId,
       CAST(r.family_guid AS varchar(36)) AS familyGuid,
       CAST(r.database_guid AS varchar(36)) AS databaseGuid,
       CAST(r.recovery_fork_guid AS varchar(36)) AS recoveryForkGuid
FROM sys.databases AS d
LEFT JOIN sys.database_recovery_status AS r ON r.database_id = d.database_id
ORDER BY d.database_id;
GO
SELECT p.name, CAST(p.value AS nvarchar(400)) AS value
FROM [AxDB].sys.extended_properties AS p
WHERE p.class = 0 AND p.name LIKE N'Rewind.%'
ORDER BY p.name;
GO
DECLARE @database nvarchar(4000) = N'AxDB';
SELECT f.name AS logicalName, f.physical_name AS physicalName, f.type_desc AS type,
       CAST(f.size AS bigint) * 8192 AS sizeBytes
FROM sys.master_files AS f
WHERE f.database_id = DB_ID(@database)
ORDER BY f.file_id;
GO
SELECT DISTINCT v.volume_mount_point AS volume, v.total_bytes AS totalBytes, v.available_bytes AS freeBytes
FROM sys.master_files AS f
CROSS APPLY sys.dm_os_volume_stats(f.database_id, f.file_id) AS v
ORDER BY v.volume_mount_point;
GO
DECLARE @path nvarchar(4000) = N'S:\Backup\PROD-SQL$AXDB\FULL_20261120_020000.bak';
SELECT e.file_exists AS isFile, e.file_is_a_directory AS isFolder FROM sys.dm_os_file_exists(@path) AS e;
GO
DECLARE @folder nvarchar(4000) = N'S:\Backup\PROD-SQL$AXDB';
SELECT e.full_filesystem_path AS path, CAST(e.size_in_bytes AS varchar(20)) AS size,
       CONVERT(varchar(27), e.last_write_time, 126) AS writtenAt
FROM sys.dm_os_enumerate_filesystem(@folder, N'*') AS e
WHERE e.is_directory = 0;
GO
DECLARE @folder nvarchar(4000) = N'S:\Backup\PROD-SQL$AXDB';
EXEC master.sys.xp_dirtree @folder, 1, 1;
GO
DECLARE @device nvarchar(4000) = N'S:\Backup\PROD-SQL$AXDB\FULL_20261120_020000.bak';
RESTORE LABELONLY FROM DISK = @device;
GO
DECLARE @device nvarchar(4000) = N'S:\Backup\PROD-SQL$AXDB\FULL_20261120_020000.bak';
RESTORE HEADERONLY FROM DISK = @device;
GO
DECLARE @device nvarchar(4000) = N'S:\Backup\PROD-SQL$AXDB\FULL_20261120_020000.bak';
CREATE TABLE #label ([MediaName] nvarchar(4000) NULL, [MediaSetId] uniqueidentifier NULL, [FamilyCount] int NULL, [FamilySequenceNumber] int NULL, [MediaFamilyId] nvarchar(4000) NULL, [MediaSequenceNumber] nvarchar(4000) NULL, [MediaLabelPresent] nvarchar(4000) NULL, [MediaDescription] nvarchar(4000) NULL, [SoftwareName] nvarchar(4000) NULL, [SoftwareVendorId] nvarchar(4000) NULL, [MediaDate] nvarchar(4000) NULL, [Mirror_Count] nvarchar(4000) NULL, [IsCompressed] nvarchar(4000) NULL);
CREATE TABLE #header ([BackupName] nvarchar(4000) NULL, [BackupDescription] nvarchar(4000) NULL, [BackupType] smallint NULL, [ExpirationDate] nvarchar(4000) NULL, [Compressed] nvarchar(4000) NULL, [Position] smallint NULL, [DeviceType] nvarchar(4000) NULL, [UserName] nvarchar(4000) NULL, [ServerName] nvarchar(128) NULL, [DatabaseName] nvarchar(128) NULL, [DatabaseVersion] nvarchar(4000) NULL, [DatabaseCreationDate] nvarchar(4000) NULL, [BackupSize] numeric(20,0) NULL, [FirstLSN] numeric(25,0) NULL, [LastLSN] numeric(25,0) NULL, [CheckpointLSN] nvarchar(4000) NULL, [DatabaseBackupLSN] nvarchar(4000) NULL, [BackupStartDate] datetime NULL, [BackupFinishDate] datetime NULL, [SortOrder] nvarchar(4000) NULL, [CodePage] nvarchar(4000) NULL, [UnicodeLocaleId] nvarchar(4000) NULL, [UnicodeComparisonStyle] nvarchar(4000) NULL, [CompatibilityLevel] nvarchar(4000) NULL, [SoftwareVendorId] nvarchar(4000) NULL, [SoftwareVersionMajor] int NULL, [SoftwareVersionMinor] nvarchar(4000) NULL, [SoftwareVersionBuild] nvarchar(4000) NULL, [MachineName] nvarchar(4000) NULL, [Flags] nvarchar(4000) NULL, [BindingID] nvarchar(4000) NULL, [RecoveryForkID] uniqueidentifier NULL, [Collation] nvarchar(4000) NULL, [FamilyGUID] uniqueidentifier NULL, [HasBulkLoggedData] bit NULL, [IsSnapshot] bit NULL, [IsReadOnly] nvarchar(4000) NULL, [IsSingleUser] nvarchar(4000) NULL, [HasBackupChecksums] nvarchar(4000) NULL, [IsDamaged] bit NULL, [BeginsLogChain] nvarchar(4000) NULL, [HasIncompleteMetaData] bit NULL, [IsForceOffline] nvarchar(4000) NULL, [IsCopyOnly] bit NULL, [FirstRecoveryForkID] uniqueidentifier NULL, [ForkPointLSN] numeric(25,0) NULL, [RecoveryModel] nvarchar(60) NULL, [DifferentialBaseLSN] nvarchar(4000) NULL, [DifferentialBaseGUID] uniqueidentifier NULL, [BackupTypeDescription] nvarchar(4000) NULL, [BackupSetGUID] uniqueidentifier NULL, [CompressedBackupSize] bigint NULL, [Containment] nvarchar(4000) NULL, [KeyAlgorithm] nvarchar(4000) NULL, [EncryptorThumbprint] varbinary(20) NULL, [EncryptorType] nvarchar(4000) NULL);
INSERT INTO #label EXEC sys.sp_executesql N'RESTORE LABELONLY FROM DISK = @device;', N'@device nvarchar(4000)', @device = @device;
INSERT INTO #header EXEC sys.sp_executesql N'RESTORE HEADERONLY FROM DISK = @device;', N'@device nvarchar(4000)', @device = @device;
SELECT CAST(l.[MediaSetId] AS varchar(36)) AS media_set_id,
       l.[FamilyCount] AS family_count,
       l.[FamilySequenceNumber] AS family_sequence_number,
       CAST(h.[BackupType] AS int) AS backup_type,
       CAST(h.[Position] AS int) AS position,
       h.[ServerName] AS server_name,
       h.[DatabaseName] AS database_name,
       CAST(h.[BackupSize] AS varchar(25)) AS backup_size,
       CAST(h.[FirstLSN] AS varchar(25)) AS first_lsn,
       CAST(h.[LastLSN] AS varchar(25)) AS last_lsn,
       CONVERT(varchar(23), h.[BackupStartDate], 126) AS backup_start_date,
       CONVERT(varchar(23), h.[BackupFinishDate], 126) AS backup_finish_date,
       h.[SoftwareVersionMajor] AS software_major_version,
       CAST(h.[RecoveryForkID] AS varchar(36)) AS last_recovery_fork_guid,
       CAST(h.[FamilyGUID] AS varchar(36)) AS family_guid,
       h.[HasBulkLoggedData] AS has_bulk_logged_data,
       h.[IsSnapshot] AS is_snapshot,
       h.[IsDamaged] AS is_damaged,
       h.[HasIncompleteMetaData] AS has_incomplete_metadata,
       h.[IsCopyOnly] AS is_copy_only,
       CAST(h.[FirstRecoveryForkID] AS varchar(36)) AS first_recovery_fork_guid,
       CAST(h.[ForkPointLSN] AS varchar(25)) AS fork_point_lsn,
       h.[RecoveryModel] AS recovery_model,
       CAST(h.[DifferentialBaseGUID] AS varchar(36)) AS differential_base_guid,
       CAST(h.[BackupSetGUID] AS varchar(36)) AS backup_set_uuid,
       CAST(h.[CompressedBackupSize] AS varchar(25)) AS compressed_backup_size,
       CONVERT(varchar(42), h.[EncryptorThumbprint], 1) AS encryptor_thumbprint
FROM #header AS h CROSS JOIN #label AS l;
GO
DECLARE @device nvarchar(4000) = N'https://contoso.blob.core.windows.net/AXDBBuild_Data/1.bak';
CREATE TABLE #label ([MediaName] nvarchar(4000) NULL, [MediaSetId] uniqueidentifier NULL, [FamilyCount] int NULL, [FamilySequenceNumber] int NULL, [MediaFamilyId] nvarchar(4000) NULL, [MediaSequenceNumber] nvarchar(4000) NULL, [MediaLabelPresent] nvarchar(4000) NULL, [MediaDescription] nvarchar(4000) NULL, [SoftwareName] nvarchar(4000) NULL, [SoftwareVendorId] nvarchar(4000) NULL, [MediaDate] nvarchar(4000) NULL, [Mirror_Count] nvarchar(4000) NULL, [IsCompressed] nvarchar(4000) NULL);
CREATE TABLE #header ([BackupName] nvarchar(4000) NULL, [BackupDescription] nvarchar(4000) NULL, [BackupType] smallint NULL, [ExpirationDate] nvarchar(4000) NULL, [Compressed] nvarchar(4000) NULL, [Position] smallint NULL, [DeviceType] nvarchar(4000) NULL, [UserName] nvarchar(4000) NULL, [ServerName] nvarchar(128) NULL, [DatabaseName] nvarchar(128) NULL, [DatabaseVersion] nvarchar(4000) NULL, [DatabaseCreationDate] nvarchar(4000) NULL, [BackupSize] numeric(20,0) NULL, [FirstLSN] numeric(25,0) NULL, [LastLSN] numeric(25,0) NULL, [CheckpointLSN] nvarchar(4000) NULL, [DatabaseBackupLSN] nvarchar(4000) NULL, [BackupStartDate] datetime NULL, [BackupFinishDate] datetime NULL, [SortOrder] nvarchar(4000) NULL, [CodePage] nvarchar(4000) NULL, [UnicodeLocaleId] nvarchar(4000) NULL, [UnicodeComparisonStyle] nvarchar(4000) NULL, [CompatibilityLevel] nvarchar(4000) NULL, [SoftwareVendorId] nvarchar(4000) NULL, [SoftwareVersionMajor] int NULL, [SoftwareVersionMinor] nvarchar(4000) NULL, [SoftwareVersionBuild] nvarchar(4000) NULL, [MachineName] nvarchar(4000) NULL, [Flags] nvarchar(4000) NULL, [BindingID] nvarchar(4000) NULL, [RecoveryForkID] uniqueidentifier NULL, [Collation] nvarchar(4000) NULL, [FamilyGUID] uniqueidentifier NULL, [HasBulkLoggedData] bit NULL, [IsSnapshot] bit NULL, [IsReadOnly] nvarchar(4000) NULL, [IsSingleUser] nvarchar(4000) NULL, [HasBackupChecksums] nvarchar(4000) NULL, [IsDamaged] bit NULL, [BeginsLogChain] nvarchar(4000) NULL, [HasIncompleteMetaData] bit NULL, [IsForceOffline] nvarchar(4000) NULL, [IsCopyOnly] bit NULL, [FirstRecoveryForkID] uniqueidentifier NULL, [ForkPointLSN] numeric(25,0) NULL, [RecoveryModel] nvarchar(60) NULL, [DifferentialBaseLSN] nvarchar(4000) NULL, [DifferentialBaseGUID] uniqueidentifier NULL, [BackupTypeDescription] nvarchar(4000) NULL, [BackupSetGUID] uniqueidentifier NULL, [CompressedBackupSize] bigint NULL, [Containment] nvarchar(4000) NULL, [KeyAlgorithm] nvarchar(4000) NULL, [EncryptorThumbprint] varbinary(20) NULL, [EncryptorType] nvarchar(4000) NULL, [LastValidRestoreTime] datetime NULL, [TimeZone] nvarchar(32) NULL, [CompressionAlgorithm] nvarchar(4000) NULL);
INSERT INTO #label EXEC sys.sp_executesql N'RESTORE LABELONLY FROM URL = @device;', N'@device nvarchar(4000)', @device = @device;
INSERT INTO #header EXEC sys.sp_executesql N'RESTORE HEADERONLY FROM URL = @device;', N'@device nvarchar(4000)', @device = @device;
SELECT CAST(l.[MediaSetId] AS varchar(36)) AS media_set_id,
       l.[FamilyCount] AS family_count,
       l.[FamilySequenceNumber] AS family_sequence_number,
       CAST(h.[BackupType] AS int) AS backup_type,
       CAST(h.[Position] AS int) AS position,
       h.[ServerName] AS server_name,
       h.[DatabaseName] AS database_name,
       CAST(h.[BackupSize] AS varchar(25)) AS backup_size,
       CAST(h.[FirstLSN] AS varchar(25)) AS first_lsn,
       CAST(h.[LastLSN] AS varchar(25)) AS last_lsn,
       CONVERT(varchar(23), h.[BackupStartDate], 126) AS backup_start_date,
       CONVERT(varchar(23), h.[BackupFinishDate], 126) AS backup_finish_date,
       h.[SoftwareVersionMajor] AS software_major_version,
       CAST(h.[RecoveryForkID] AS varchar(36)) AS last_recovery_fork_guid,
       CAST(h.[FamilyGUID] AS varchar(36)) AS family_guid,
       h.[HasBulkLoggedData] AS has_bulk_logged_data,
       h.[IsSnapshot] AS is_snapshot,
       h.[IsDamaged] AS is_damaged,
       h.[HasIncompleteMetaData] AS has_incomplete_metadata,
       h.[IsCopyOnly] AS is_copy_only,
       CAST(h.[FirstRecoveryForkID] AS varchar(36)) AS first_recovery_fork_guid,
       CAST(h.[ForkPointLSN] AS varchar(25)) AS fork_point_lsn,
       h.[RecoveryModel] AS recovery_model,
       CAST(h.[DifferentialBaseGUID] AS varchar(36)) AS differential_base_guid,
       CAST(h.[BackupSetGUID] AS varchar(36)) AS backup_set_uuid,
       CAST(h.[CompressedBackupSize] AS varchar(25)) AS compressed_backup_size,
       CONVERT(varchar(42), h.[EncryptorThumbprint], 1) AS encryptor_thumbprint,
       CONVERT(varchar(23), h.[LastValidRestoreTime], 126) AS last_valid_restore_time,
       h.[TimeZone] AS time_zone
FROM #header AS h CROSS JOIN #label AS l;
GO
RESTORE HEADERONLY
FROM DISK = N'S:\Backup\PROD-SQL$AXDB\FULL_20261120_020000.bak'
WITH FILE = 1;
GO
RESTORE FILELISTONLY
FROM URL = N'https://contoso.blob.core.windows.net/AXDBBuild_Data/1.bak',
     URL = N'https://contoso.blob.core.windows.net/AXDBBuild_Data/2.bak';
GO
RESTORE VERIFYONLY
FROM DISK = N'S:\Backup\PROD-SQL$AXDB\FULL_20261120_020000.bak'
WITH FILE = 1,
     STATS = 10;
GO
DECLARE @session bigint = 57;
SELECT r.command, r.percent_complete AS percentComplete, r.wait_type AS waitType
FROM sys.dm_exec_requests AS r
WHERE r.session_id = @session;
GO
DECLARE @database nvarchar(4000) = N'AxDB';
SELECT s.session_id AS session
FROM sys.dm_exec_sessions AS s
WHERE s.database_id = DB_ID(@database) AND s.session_id <> @@SPID AND s.is_user_process = 1
ORDER BY s.session_id;
GO
DECLARE @database nvarchar(4000) = N'AxDB';
SELECT j.job_id AS job
FROM sys.dm_exec_background_job_queue AS j
WHERE j.database_id = DB_ID(@database)
ORDER BY j.job_id;
GO
SELECT IS_SRVROLEMEMBER('sysadmin') AS isSysadmin;
GO
SELECT MAX(b.software_major_version) AS version FROM msdb.dbo.backupset AS b;
GO
DECLARE @database0 nvarchar(4000) = N'AxDB';
DECLARE @database1 nvarchar(4000) = N'ManagementReporter';
DECLARE @since nvarchar(4000) = N'2026-10-21T00:00:00.000';
SELECT CAST(b.backup_set_uuid AS varchar(36)) AS backup_set_uuid, b.type, b.database_name, b.server_name,
       CAST(b.database_guid AS varchar(36)) AS database_guid,
       CAST(b.family_guid AS varchar(36)) AS family_guid,
       CAST(b.first_lsn AS varchar(25)) AS first_lsn, CAST(b.last_lsn AS varchar(25)) AS last_lsn,
       CAST(b.fork_point_lsn AS varchar(25)) AS fork_point_lsn,
       CAST(b.first_recovery_fork_guid AS varchar(36)) AS first_recovery_fork_guid,
       CAST(b.last_recovery_fork_guid AS varchar(36)) AS last_recovery_fork_guid,
       CAST(b.differential_base_guid AS varchar(36)) AS differential_base_guid,
       CONVERT(varchar(23), b.backup_start_date, 126) AS backup_start_date,
       CONVERT(varchar(23), b.backup_finish_date, 126) AS backup_finish_date,
       CONVERT(varchar(23), b.last_valid_restore_time, 126) AS last_valid_restore_time,
       CAST(b.time_zone AS int) AS time_zone, b.is_copy_only, b.is_damaged, b.is_snapshot,
       b.has_bulk_logged_data, b.has_incomplete_metadata, b.recovery_model,
       CAST(b.software_major_version AS int) AS software_major_version,
       CONVERT(varchar(42), b.encryptor_thumbprint, 1) AS encryptor_thumbprint, b.position,
       CAST(b.backup_size AS varchar(20)) AS backup_size,
       CAST(b.compressed_backup_size AS varchar(20)) AS compressed_backup_size,
       b.media_set_id, CAST(m.media_family_count AS int) AS family_count
FROM msdb.dbo.backupset AS b
JOIN msdb.dbo.backupmediaset AS m ON m.media_set_id = b.media_set_id
WHERE b.family_guid IN (SELECT n.family_guid FROM msdb.dbo.backupset AS n
                        WHERE n.database_name IN (@database0, @database1) AND n.backup_finish_date >= @since)
  AND b.backup_finish_date >= @since
ORDER BY b.backup_set_id;
GO
DECLARE @database0 nvarchar(4000) = N'AxDB';
DECLARE @database1 nvarchar(4000) = N'ManagementReporter';
DECLARE @since nvarchar(4000) = N'2026-10-21T00:00:00.000';
SELECT CAST(b.backup_set_uuid AS varchar(36)) AS backup_set_uuid, b.type, b.database_name, b.server_name,
       CAST(b.database_guid AS varchar(36)) AS database_guid,
       CAST(b.family_guid AS varchar(36)) AS family_guid,
       CAST(b.first_lsn AS varchar(25)) AS first_lsn, CAST(b.last_lsn AS varchar(25)) AS last_lsn,
       CAST(b.fork_point_lsn AS varchar(25)) AS fork_point_lsn,
       CAST(b.first_recovery_fork_guid AS varchar(36)) AS first_recovery_fork_guid,
       CAST(b.last_recovery_fork_guid AS varchar(36)) AS last_recovery_fork_guid,
       CAST(b.differential_base_guid AS varchar(36)) AS differential_base_guid,
       CONVERT(varchar(23), b.backup_start_date, 126) AS backup_start_date,
       CONVERT(varchar(23), b.backup_finish_date, 126) AS backup_finish_date,
       CAST(b.time_zone AS int) AS time_zone, b.is_copy_only, b.is_damaged, b.is_snapshot,
       b.has_bulk_logged_data, b.has_incomplete_metadata, b.recovery_model,
       CAST(b.software_major_version AS int) AS software_major_version,
       CONVERT(varchar(42), b.encryptor_thumbprint, 1) AS encryptor_thumbprint, b.position,
       CAST(b.backup_size AS varchar(20)) AS backup_size,
       CAST(b.compressed_backup_size AS varchar(20)) AS compressed_backup_size,
       b.media_set_id, CAST(m.media_family_count AS int) AS family_count
FROM msdb.dbo.backupset AS b
JOIN msdb.dbo.backupmediaset AS m ON m.media_set_id = b.media_set_id
WHERE b.family_guid IN (SELECT n.family_guid FROM msdb.dbo.backupset AS n
                        WHERE n.database_name IN (@database0, @database1) AND n.backup_finish_date >= @since)
  AND b.backup_finish_date >= @since
ORDER BY b.backup_set_id;
GO
DECLARE @database0 nvarchar(4000) = N'AxDB';
DECLARE @database1 nvarchar(4000) = N'ManagementReporter';
DECLARE @since nvarchar(4000) = N'2026-10-21T00:00:00.000';
SELECT f.media_set_id, CAST(f.family_sequence_number AS int) AS family_sequence_number, CAST(f.mirror AS int) AS mirror,
       f.physical_device_name, CAST(f.device_type AS int) AS device_type
FROM msdb.dbo.backupmediafamily AS f
WHERE f.media_set_id IN (SELECT b.media_set_id FROM msdb.dbo.backupset AS b
WHERE b.family_guid IN (SELECT n.family_guid FROM msdb.dbo.backupset AS n
                        WHERE n.database_name IN (@database0, @database1) AND n.backup_finish_date >= @since)
  AND b.backup_finish_date >= @since)
ORDER BY f.media_set_id, f.family_sequence_number, f.mirror;
GO
SELECT IS_SRVROLEMEMBER('sysadmin') AS sysadmin,
       IS_SRVROLEMEMBER('dbcreator') AS dbcreator,
       HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE') AS viewServerState,
       HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW ANY DEFINITION') AS viewAnyDefinition,
       HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY CONNECTION') AS alterAnyConnection;
GO
SELECT HAS_PERMS_BY_NAME('msdb.dbo.sysjobs', 'OBJECT', 'SELECT') AS sysjobs,
       HAS_PERMS_BY_NAME('msdb.dbo.sysjobsteps', 'OBJECT', 'SELECT') AS sysjobsteps,
       HAS_PERMS_BY_NAME('msdb.dbo.sysmaintplan_plans', 'OBJECT', 'SELECT') AS sysmaintplan_plans,
       HAS_PERMS_BY_NAME('msdb.dbo.log_shipping_primary_databases', 'OBJECT', 'SELECT') AS log_shipping_primary_databases,
       HAS_PERMS_BY_NAME('msdb.dbo.log_shipping_secondary_databases', 'OBJECT', 'SELECT') AS log_shipping_secondary_databases;
GO
DECLARE @database nvarchar(4000) = N'AxDB';
SELECT HAS_PERMS_BY_NAME(@database, 'DATABASE', 'CONTROL') AS control;
GO
SELECT c.name, CONVERT(varchar(66), c.thumbprint, 1) AS thumbprint, c.pvt_key_encryption_type_desc AS privateKey
FROM master.sys.certificates AS c
UNION ALL
SELECT k.name, CONVERT(varchar(66), k.thumbprint, 1) AS thumbprint, CAST(NULL AS nvarchar(60)) AS privateKey
FROM master.sys.asymmetric_keys AS k;
GO
SELECT p.primary_database AS name FROM msdb.dbo.log_shipping_primary_databases AS p
UNION
SELECT s.secondary_database AS name FROM msdb.dbo.log_shipping_secondary_databases AS s;
GO
DECLARE @database0 nvarchar(4000) = N'AxDB';
DECLARE @database1 nvarchar(4000) = N'ManagementReporter';
SELECT DISTINCT j.name, s.database_name AS databaseName,
       CASE WHEN s.database_name IN (@database0, @database1) THEN 'in' WHEN CHARINDEX(@database0, s.command) > 0 OR CHARINDEX(@database1, s.command) > 0 THEN 'named' ELSE 'all' END AS relation
FROM msdb.dbo.sysjobs AS j
JOIN msdb.dbo.sysjobsteps AS s ON s.job_id = j.job_id
WHERE j.enabled = 1 AND (s.database_name IN (@database0, @database1) OR CHARINDEX(@database0, s.command) > 0 OR CHARINDEX(@database1, s.command) > 0 OR CHARINDEX(N'USER_DATABASES', s.command) > 0 OR CHARINDEX(N'ALL_DATABASES', s.command) > 0)
ORDER BY j.name;
GO
SELECT p.name FROM msdb.dbo.sysmaintplan_plans AS p ORDER BY p.name;
GO
SELECT s.name, s.data_source AS dataSource, s.catalog
FROM sys.servers AS s
WHERE s.is_linked = 1
ORDER BY s.name;
GO
SELECT h.name AS schemaName, s.name, s.base_object_name AS leadsTo
FROM [AxDB].sys.synonyms AS s
JOIN [AxDB].sys.schemas AS h ON h.schema_id = s.schema_id
ORDER BY h.name, s.name;
GO
SELECT e.name, e.location AS leadsTo
FROM [AxDB].sys.external_data_sources AS e
ORDER BY e.name;
GO
SELECT c.name FROM [AxDB].sys.database_scoped_credentials AS c ORDER BY c.name;
GO
DECLARE @database nvarchar(4000) = N'AxDB__incoming_R-1042';
SELECT k.encryption_state AS state, k.percent_complete AS percentComplete,
       CONVERT(varchar(66), k.encryptor_thumbprint, 1) AS thumbprint
FROM sys.dm_database_encryption_keys AS k
WHERE k.database_id = DB_ID(@database);
GO
DECLARE @former nvarchar(4000) = N'AxDB';
DECLARE @copy nvarchar(4000) = N'AxDB__incoming_R-1042';
SELECT d.* FROM sys.databases AS d WHERE d.name IN (@former, @copy);
GO
SELECT q.* FROM [AxDB__incoming_R-1042].sys.database_query_store_options AS q;
GO
SELECT p.name, p.type, p.default_schema_name AS defaultSchema, p.authentication_type_desc AS authentication,
       SUSER_SNAME(p.sid) AS login, p.sid
FROM [AxDB__incoming_R-1042].sys.database_principals AS p
WHERE p.principal_id > 4 AND p.is_fixed_role = 0 AND p.type IN ('S', 'U', 'G', 'E', 'X', 'R', 'C', 'K')
ORDER BY p.principal_id;
GO
SELECT r.name AS role, m.name AS member
FROM [AxDB__incoming_R-1042].sys.database_role_members AS rm
JOIN [AxDB__incoming_R-1042].sys.database_principals AS r ON r.principal_id = rm.role_principal_id
JOIN [AxDB__incoming_R-1042].sys.database_principals AS m ON m.principal_id = rm.member_principal_id
WHERE m.name <> N'dbo'
ORDER BY rm.role_principal_id, rm.member_principal_id;
GO
SELECT g.state_desc AS state, g.permission_name AS permission, g.class_desc AS class,
       p.name AS grantee, s.name AS schemaName, o.name AS objectName, os.name AS objectSchema
FROM [AxDB__incoming_R-1042].sys.database_permissions AS g
JOIN [AxDB__incoming_R-1042].sys.database_principals AS p ON p.principal_id = g.grantee_principal_id
LEFT JOIN [AxDB__incoming_R-1042].sys.schemas AS s ON g.class = 3 AND s.schema_id = g.major_id
LEFT JOIN [AxDB__incoming_R-1042].sys.objects AS o ON g.class = 1 AND o.object_id = g.major_id
LEFT JOIN [AxDB__incoming_R-1042].sys.schemas AS os ON os.schema_id = o.schema_id
WHERE g.minor_id = 0 AND p.is_fixed_role = 0 AND p.name NOT IN (N'dbo', N'public', N'guest')
ORDER BY g.class, g.major_id, g.grantee_principal_id, g.permission_name;
GO
SELECT m.name
FROM sys.server_role_members AS rm
JOIN sys.server_principals AS r ON r.principal_id = rm.role_principal_id
JOIN sys.server_principals AS m ON m.principal_id = rm.member_principal_id
WHERE r.name = N'sysadmin' AND m.is_disabled = 0
ORDER BY m.name;
GO
SELECT m.name
FROM sys.server_permissions AS p
JOIN sys.server_principals AS m ON m.principal_id = p.grantee_principal_id
WHERE p.permission_name = N'CONTROL SERVER' AND p.state IN ('G', 'W') AND m.is_disabled = 0
ORDER BY m.name;
GO
DECLARE @database nvarchar(4000) = N'AxDB';
SELECT SUSER_SNAME(d.owner_sid) AS name
FROM sys.databases AS d
WHERE d.name = @database AND SUSER_SNAME(d.owner_sid) IS NOT NULL
UNION ALL
SELECT m.name
FROM [AxDB].sys.database_role_members AS rm
JOIN [AxDB].sys.database_principals AS r ON r.principal_id = rm.role_principal_id
JOIN [AxDB].sys.database_principals AS m ON m.principal_id = rm.member_principal_id
WHERE r.name = N'db_owner' AND m.name <> N'dbo';
GO
SELECT p.name AS owner, 'SCHEMA' AS kind, s.name AS name
FROM [AxDB__incoming_R-1042].sys.schemas AS s
JOIN [AxDB__incoming_R-1042].sys.database_principals AS p ON p.principal_id = s.principal_id
WHERE p.principal_id > 4 AND p.is_fixed_role = 0
UNION ALL
SELECT p.name AS owner, 'ROLE' AS kind, r.name AS name
FROM [AxDB__incoming_R-1042].sys.database_principals AS r
JOIN [AxDB__incoming_R-1042].sys.database_principals AS p ON p.principal_id = r.owning_principal_id
WHERE p.principal_id > 4 AND p.is_fixed_role = 0;
GO
SELECT c.name, CAST(c.value AS nvarchar(60)) AS value
FROM [AxDB__incoming_R-1042].sys.database_scoped_configurations AS c
ORDER BY c.name;
GO
SELECT DB_NAME(c.database_id) AS name, c.is_auto_cleanup_on AS isAutoCleanup,
       c.retention_period AS period, c.retention_period_units_desc AS unit
FROM sys.change_tracking_databases AS c
ORDER BY c.database_id;
GO
CREATE DATABASE [Rewind];
GO
ALTER DATABASE [Rewind] SET RECOVERY SIMPLE;
GO
DECLARE @table nvarchar(4000) = N'[Rewind].dbo.fence';
SELECT OBJECT_ID(@table) AS id;
GO
CREATE TABLE [Rewind].dbo.fence (target nvarchar(32) NOT NULL PRIMARY KEY, fence bigint NOT NULL);
GO
DECLARE @target nvarchar(4000) = N'uat';
SELECT fence FROM [Rewind].dbo.fence WHERE target = @target;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
UPDATE [Rewind].dbo.fence SET fence = @fence WHERE target = @target AND fence < @fence;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
INSERT INTO [Rewind].dbo.fence (target, fence) VALUES (@target, @fence);
GO
DBCC CHECKDB (N'AxDB__incoming_R-1042') WITH NO_INFOMSGS, PHYSICAL_ONLY;
GO
DBCC CHECKDB (N'AxDB__incoming_R-1042') WITH NO_INFOMSGS;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE DATABASE [AxDB__incoming_R-1042]
FROM DISK = N'S:\Backup\PROD-SQL$AXDB\FULL_20261120_020000.bak'
WITH FILE = 1,
     MOVE N'AXDBBuild_Data' TO N'S:\Backup\PROD-SQL$AXDB\AxDB__incoming_R-1042_1.mdf',
     MOVE N'AXDBBuild_Data_log' TO N'S:\Backup\PROD-SQL$AXDB\AxDB__incoming_R-1042_2.ldf',
     NORECOVERY,
     STATS = 5;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE DATABASE [AxDB__incoming_R-1042]
FROM URL = N'https://contoso.blob.core.windows.net/AXDBBuild_Data/1.bak',
     URL = N'https://contoso.blob.core.windows.net/AXDBBuild_Data/2.bak'
WITH NORECOVERY,
     STATS = 5;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE LOG [AxDB__incoming_R-1042]
FROM DISK = N'S:\Backup\PROD-SQL$AXDB\FULL_20261120_020000.bak'
WITH FILE = 1,
     NORECOVERY,
     STATS = 5,
     STOPAT = N'2026-11-20T18:00:00.000';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE LOG [AxDB__incoming_R-1042]
FROM URL = N'https://contoso.blob.core.windows.net/AXDBBuild_Data/1.bak',
     URL = N'https://contoso.blob.core.windows.net/AXDBBuild_Data/2.bak'
WITH MOVE N'AXDBBuild_Data' TO N'S:\Backup\PROD-SQL$AXDB\AxDB__incoming_R-1042_1.mdf',
     NORECOVERY,
     STATS = 5;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE DATABASE [AxDB__incoming_R-1042] WITH RECOVERY, RESTRICTED_USER;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE DATABASE [AxDB__incoming_R-1042] WITH RECOVERY;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
DROP DATABASE [AxDB__incoming_R-1042];
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET RECOVERY SIMPLE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET COMPATIBILITY_LEVEL = 150;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ALLOW_SNAPSHOT_ISOLATION ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET NEW_BROKER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET DISABLE_BROKER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE CLEAR;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE = OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ENCRYPTION OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET CHANGE_TRACKING = ON (CHANGE_RETENTION = 6 DAYS, AUTO_CLEANUP = ON);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET CHANGE_TRACKING = OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET CHANGE_TRACKING (CHANGE_RETENTION = 6 DAYS, AUTO_CLEANUP = ON);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET PARAMETERIZATION SIMPLE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET PARAMETERIZATION FORCED;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET PAGE_VERIFY CHECKSUM;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET PAGE_VERIFY TORN_PAGE_DETECTION;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET PAGE_VERIFY NONE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET DELAYED_DURABILITY = DISABLED;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET DELAYED_DURABILITY = ALLOWED;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET DELAYED_DURABILITY = FORCED;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ACCELERATED_DATABASE_RECOVERY = OFF WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ACCELERATED_DATABASE_RECOVERY = ON WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET TARGET_RECOVERY_TIME = 0 SECONDS;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET TARGET_RECOVERY_TIME = 1 SECONDS;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET TARGET_RECOVERY_TIME = 60 SECONDS;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_CLOSE OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_CLOSE ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_SHRINK OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_SHRINK ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_CREATE_STATISTICS OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_CREATE_STATISTICS ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_CREATE_STATISTICS ON (INCREMENTAL = OFF);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_CREATE_STATISTICS ON (INCREMENTAL = ON);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_UPDATE_STATISTICS OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_UPDATE_STATISTICS ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ANSI_NULL_DEFAULT OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ANSI_NULL_DEFAULT ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ANSI_NULLS OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ANSI_NULLS ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ANSI_PADDING OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ANSI_PADDING ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ANSI_WARNINGS OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ANSI_WARNINGS ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ARITHABORT OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET ARITHABORT ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET CONCAT_NULL_YIELDS_NULL OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET CONCAT_NULL_YIELDS_NULL ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET NUMERIC_ROUNDABORT OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET NUMERIC_ROUNDABORT ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUOTED_IDENTIFIER OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUOTED_IDENTIFIER ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET RECURSIVE_TRIGGERS OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET RECURSIVE_TRIGGERS ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET CURSOR_CLOSE_ON_COMMIT OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET CURSOR_CLOSE_ON_COMMIT ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET CURSOR_DEFAULT GLOBAL;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET CURSOR_DEFAULT LOCAL;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET DATE_CORRELATION_OPTIMIZATION OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET DATE_CORRELATION_OPTIMIZATION ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET HONOR_BROKER_PRIORITY OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET HONOR_BROKER_PRIORITY ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET MIXED_PAGE_ALLOCATION OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET MIXED_PAGE_ALLOCATION ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET MEMORY_OPTIMIZED_ELEVATE_TO_SNAPSHOT = OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET MEMORY_OPTIMIZED_ELEVATE_TO_SNAPSHOT = ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET TEMPORAL_HISTORY_RETENTION OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET TEMPORAL_HISTORY_RETENTION ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (MAX_STORAGE_SIZE_MB = 0);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (MAX_STORAGE_SIZE_MB = 1);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (MAX_STORAGE_SIZE_MB = 60);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (DATA_FLUSH_INTERVAL_SECONDS = 0);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (DATA_FLUSH_INTERVAL_SECONDS = 1);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (DATA_FLUSH_INTERVAL_SECONDS = 60);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (INTERVAL_LENGTH_MINUTES = 0);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (INTERVAL_LENGTH_MINUTES = 1);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (INTERVAL_LENGTH_MINUTES = 60);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (CLEANUP_POLICY = (STALE_QUERY_THRESHOLD_DAYS = 0));
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (CLEANUP_POLICY = (STALE_QUERY_THRESHOLD_DAYS = 1));
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (CLEANUP_POLICY = (STALE_QUERY_THRESHOLD_DAYS = 60));
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (MAX_PLANS_PER_QUERY = 0);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (MAX_PLANS_PER_QUERY = 1);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (MAX_PLANS_PER_QUERY = 60);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (QUERY_CAPTURE_MODE = AUTO);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (QUERY_CAPTURE_MODE = ALL);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (QUERY_CAPTURE_MODE = NONE);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (SIZE_BASED_CLEANUP_MODE = OFF);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (SIZE_BASED_CLEANUP_MODE = AUTO);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (WAIT_STATS_CAPTURE_MODE = OFF);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (WAIT_STATS_CAPTURE_MODE = ON);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (OPERATION_MODE = READ_WRITE);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET QUERY_STORE (OPERATION_MODE = READ_ONLY);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER AUTHORIZATION ON DATABASE::[AxDB__incoming_R-1042] TO [CONTOSO\svc-aos];
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB__incoming_R-1042].sys.sp_executesql N'ALTER DATABASE SCOPED CONFIGURATION SET MAXDOP = 1';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB__incoming_R-1042].sys.sp_executesql N'ALTER DATABASE ENCRYPTION KEY ENCRYPTION BY SERVER CERTIFICATE [CONTOSO\svc-aos]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB__incoming_R-1042].sys.sp_executesql N'DROP DATABASE ENCRYPTION KEY';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB__incoming_R-1042].sys.sp_executesql N'DENY CONNECT TO [CONTOSO\svc-aos]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB__incoming_R-1042].sys.sp_executesql N'DROP USER [CONTOSO\svc-aos]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'CREATE USER [CONTOSO\svc-aos] FOR LOGIN [CONTOSO\svc-aos] WITH DEFAULT_SCHEMA = [dbo]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'CREATE USER [CONTOSO\svc-aos] WITHOUT LOGIN';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'ALTER USER [CONTOSO\svc-aos] WITH LOGIN = [CONTOSO\svc-aos]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'GRANT CONNECT TO [CONTOSO\svc-aos]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'ALTER AUTHORIZATION ON SCHEMA::[AXDBBuild_Data] TO [dbo]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'ALTER AUTHORIZATION ON ROLE::[CONTOSO\svc-aos] TO [dbo]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'CREATE ROLE [CONTOSO\svc-aos]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'DROP ROLE [CONTOSO\svc-aos]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'ALTER ROLE [db_owner] ADD MEMBER [CONTOSO\svc-aos]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'ALTER ROLE [db_owner] DROP MEMBER [CONTOSO\svc-aos]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'GRANT VIEW DATABASE STATE TO [CONTOSO\svc-aos]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'DENY SELECT ON SCHEMA::[AXDBBuild_Data] TO [CONTOSO\svc-aos]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB].sys.sp_executesql N'GRANT EXECUTE ON OBJECT::[dbo].[AXDBBuild_Data] TO [CONTOSO\svc-aos] WITH GRANT OPTION';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB__incoming_R-1042].sys.sp_addextendedproperty @name = N'Rewind.Run', @value = N'R-1042';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB__incoming_R-1042].sys.sp_updateextendedproperty @name = N'Rewind.Fence', @value = N'7';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [AxDB__incoming_R-1042].sys.sp_dropextendedproperty @name = N'Rewind.Before';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
KILL 57;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
KILL STATS JOB 57;
GO
DECLARE @1 nvarchar(4000) = N'';
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
BEGIN TRANSACTION;
IF (SELECT fence FROM [Rewind].dbo.fence WITH (HOLDLOCK) WHERE target = @target) > @fence
  THROW 51000, N'Another worker has taken this target over', 1;
UPDATE [dbo].[SYSUSERINFO] SET [EMAIL] = @1;
COMMIT TRANSACTION;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [AxDB] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [AxDB__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ManagementReporter] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ManagementReporter__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB] MODIFY NAME = [AxDB__previous_R-1042];
ALTER DATABASE [AxDB__incoming_R-1042] MODIFY NAME = [AxDB];
ALTER DATABASE [ManagementReporter] MODIFY NAME = [ManagementReporter__previous_R-1042];
ALTER DATABASE [ManagementReporter__incoming_R-1042] MODIFY NAME = [ManagementReporter];
ALTER DATABASE [AxDB] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [AxDB__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ManagementReporter__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB__incoming_R-1042] MODIFY NAME = [AxDB];
ALTER DATABASE [ManagementReporter__incoming_R-1042] MODIFY NAME = [ManagementReporter];
ALTER DATABASE [AxDB] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [AxDB] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [AxDB__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ManagementReporter] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ManagementReporter__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB] MODIFY NAME = [AxDB__incoming_R-1042];
ALTER DATABASE [AxDB__previous_R-1042] MODIFY NAME = [AxDB];
ALTER DATABASE [ManagementReporter] MODIFY NAME = [ManagementReporter__incoming_R-1042];
ALTER DATABASE [ManagementReporter__previous_R-1042] MODIFY NAME = [ManagementReporter];
ALTER DATABASE [AxDB] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [AxDB] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [ManagementReporter] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [AxDB__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ManagementReporter__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB__previous_R-1042] MODIFY NAME = [AxDB];
ALTER DATABASE [ManagementReporter__previous_R-1042] MODIFY NAME = [ManagementReporter];
ALTER DATABASE [AxDB] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [AxDB] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [ManagementReporter] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [Rewind].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [AxDB__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [AxDB__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ManagementReporter__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB__previous_R-1042] MODIFY NAME = [AxDB];
ALTER DATABASE [ManagementReporter__previous_R-1042] MODIFY NAME = [ManagementReporter];
ALTER DATABASE [AxDB] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [AxDB] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [AxDB__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [ManagementReporter] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ManagementReporter__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
USE master;
-- If a database cannot be held alone: SELECT * FROM sys.dm_exec_background_job_queue, and KILL STATS JOB for each of its jobs.
IF DB_ID(N'AxDB') IS NOT NULL AND DB_ID(N'AxDB__incoming_R-1042') IS NOT NULL AND DB_ID(N'AxDB__previous_R-1042') IS NULL BEGIN ALTER DATABASE [AxDB] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [AxDB] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [AxDB] MODIFY NAME = [AxDB__previous_R-1042]; END;
IF DB_ID(N'ManagementReporter') IS NOT NULL AND DB_ID(N'ManagementReporter__incoming_R-1042') IS NOT NULL AND DB_ID(N'ManagementReporter__previous_R-1042') IS NULL BEGIN ALTER DATABASE [ManagementReporter] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [ManagementReporter] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [ManagementReporter] MODIFY NAME = [ManagementReporter__previous_R-1042]; END;
IF DB_ID(N'AxDB__incoming_R-1042') IS NOT NULL AND DB_ID(N'AxDB__previous_R-1042') IS NOT NULL AND DB_ID(N'AxDB') IS NULL BEGIN ALTER DATABASE [AxDB__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [AxDB__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [AxDB__incoming_R-1042] MODIFY NAME = [AxDB]; END;
IF DB_ID(N'ManagementReporter__incoming_R-1042') IS NOT NULL AND DB_ID(N'ManagementReporter__previous_R-1042') IS NOT NULL AND DB_ID(N'ManagementReporter') IS NULL BEGIN ALTER DATABASE [ManagementReporter__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [ManagementReporter__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [ManagementReporter__incoming_R-1042] MODIFY NAME = [ManagementReporter]; END;
IF DB_ID(N'AxDB__previous_R-1042') IS NOT NULL BEGIN ALTER DATABASE [AxDB__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'ManagementReporter__previous_R-1042') IS NOT NULL BEGIN ALTER DATABASE [ManagementReporter__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'AxDB') IS NOT NULL BEGIN ALTER DATABASE [AxDB] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'ManagementReporter') IS NOT NULL BEGIN ALTER DATABASE [ManagementReporter] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
-- Still closed: rewind stop or the Rollback button go on from here; to open it as it is:
-- ALTER DATABASE [AxDB] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
-- ALTER DATABASE [ManagementReporter] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
GO
USE master;
-- If a database cannot be held alone: SELECT * FROM sys.dm_exec_background_job_queue, and KILL STATS JOB for each of its jobs.
IF DB_ID(N'AxDB') IS NOT NULL AND DB_ID(N'AxDB__previous_R-1042') IS NOT NULL AND DB_ID(N'AxDB__incoming_R-1042') IS NULL BEGIN ALTER DATABASE [AxDB] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [AxDB] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [AxDB] MODIFY NAME = [AxDB__incoming_R-1042]; END;
IF DB_ID(N'ManagementReporter') IS NOT NULL AND DB_ID(N'ManagementReporter__previous_R-1042') IS NOT NULL AND DB_ID(N'ManagementReporter__incoming_R-1042') IS NULL BEGIN ALTER DATABASE [ManagementReporter] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [ManagementReporter] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [ManagementReporter] MODIFY NAME = [ManagementReporter__incoming_R-1042]; END;
IF DB_ID(N'AxDB__previous_R-1042') IS NOT NULL AND DB_ID(N'AxDB') IS NULL BEGIN ALTER DATABASE [AxDB__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [AxDB__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [AxDB__previous_R-1042] MODIFY NAME = [AxDB]; END;
IF DB_ID(N'ManagementReporter__previous_R-1042') IS NOT NULL AND DB_ID(N'ManagementReporter') IS NULL BEGIN ALTER DATABASE [ManagementReporter__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [ManagementReporter__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [ManagementReporter__previous_R-1042] MODIFY NAME = [ManagementReporter]; END;
IF DB_ID(N'AxDB__incoming_R-1042') IS NOT NULL BEGIN ALTER DATABASE [AxDB__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'ManagementReporter__incoming_R-1042') IS NOT NULL BEGIN ALTER DATABASE [ManagementReporter__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'AxDB') IS NOT NULL BEGIN ALTER DATABASE [AxDB] SET MULTI_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'ManagementReporter') IS NOT NULL BEGIN ALTER DATABASE [ManagementReporter] SET MULTI_USER WITH ROLLBACK IMMEDIATE; END;
GO
SELECT CAST(SERVERPROPERTY('ServerName') AS nvarchar(128)) AS serverName,
       CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS productVersion,
       CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,
       CAST(SERVERPROPERTY('EngineEdition') AS int) AS engineEdition,
       CAST(SERVERPROPERTY('Collation') AS nvarchar(128)) AS collation,
       CAST(SERVERPROPERTY('FilestreamEffectiveLevel') AS int) AS filestreamLevel,
       CAST(SERVERPROPERTY('InstanceDefaultDataPath') AS nvarchar(260)) AS dataFolder,
       CAST(SERVERPROPERTY('InstanceDefaultLogPath') AS nvarchar(260)) AS logFolder,
       CONVERT(varchar(23), SYSUTCDATETIME(), 126) AS utcTime,
       CONVERT(varchar(23), SYSDATETIME(), 126) AS localTime,
       SUSER_SNAME() AS login,
       IS_SRVROLEMEMBER('sysadmin') AS isSysadmin,
       @@SPID AS session,
       @@OPTIONS & 512 AS noCount;
GO
SELECT d.name,
       d.database_id AS id,
       d.state_desc AS state,
       d.user_access_desc AS userAccess,
       SUSER_SNAME(d.owner_sid) AS owner,
       d.collation_name AS collation,
       d.recovery_model_desc AS recoveryModel,
       d.compatibility_level AS compatibilityLevel,
       d.is_read_committed_snapshot_on AS isReadCommittedSnapshot,
       d.snapshot_isolation_state_desc AS snapshotIsolation,
       d.is_auto_update_stats_async_on AS isStatisticsAsync,
       d.is_broker_enabled AS isBrokerEnabled,
       d.is_query_store_on AS isQueryStoreOn,
       d.is_encrypted AS isEncrypted,
       d.is_cdc_enabled AS isCdcEnabled,
       d.is_published AS isPublished,
       d.is_merge_published AS isMergePublished,
       d.is_subscribed AS isSubscribed,
       d.is_distributor AS isDistributor,
       d.source_database_id AS snapshotOf,
       d.replica_id AS replicaId,
       CAST(r.family_guid AS varchar(36)) AS familyGuid,
       CAST(r.database_guid AS varchar(36)) AS databaseGuid,
       CAST(r.recovery_fork_guid AS varchar(36)) AS recoveryForkGuid
FROM sys.databases AS d
LEFT JOIN sys.database_recovery_status AS r ON r.database_id = d.database_id
ORDER BY d.database_id;
GO
SELECT p.name, CAST(p.value AS nvarchar(400)) AS value
FROM [ax]]; DROP DATABASE [master]];--'].sys.extended_properties AS p
WHERE p.class = 0 AND p.name LIKE N'Rewind.%'
ORDER BY p.name;
GO
DECLARE @database nvarchar(4000) = N'ax]; DROP DATABASE [master];--''';
SELECT f.name AS logicalName, f.physical_name AS physicalName, f.type_desc AS type,
       CAST(f.size AS bigint) * 8192 AS sizeBytes
FROM sys.master_files AS f
WHERE f.database_id = DB_ID(@database)
ORDER BY f.file_id;
GO
SELECT DISTINCT v.volume_mount_point AS volume, v.total_bytes AS totalBytes, v.available_bytes AS freeBytes
FROM sys.master_files AS f
CROSS APPLY sys.dm_os_volume_stats(f.database_id, f.file_id) AS v
ORDER BY v.volume_mount_point;
GO
DECLARE @path nvarchar(4000) = N'\\nas''01\sh]are\''; SHUTDOWN;--\FULL_20261120_020000.bak';
SELECT e.file_exists AS isFile, e.file_is_a_directory AS isFolder FROM sys.dm_os_file_exists(@path) AS e;
GO
DECLARE @folder nvarchar(4000) = N'\\nas''01\sh]are\''; SHUTDOWN;--';
SELECT e.full_filesystem_path AS path, CAST(e.size_in_bytes AS varchar(20)) AS size,
       CONVERT(varchar(27), e.last_write_time, 126) AS writtenAt
FROM sys.dm_os_enumerate_filesystem(@folder, N'*') AS e
WHERE e.is_directory = 0;
GO
DECLARE @folder nvarchar(4000) = N'\\nas''01\sh]are\''; SHUTDOWN;--';
EXEC master.sys.xp_dirtree @folder, 1, 1;
GO
DECLARE @device nvarchar(4000) = N'\\nas''01\sh]are\''; SHUTDOWN;--\FULL_20261120_020000.bak';
RESTORE LABELONLY FROM DISK = @device;
GO
DECLARE @device nvarchar(4000) = N'\\nas''01\sh]are\''; SHUTDOWN;--\FULL_20261120_020000.bak';
RESTORE HEADERONLY FROM DISK = @device;
GO
DECLARE @device nvarchar(4000) = N'\\nas''01\sh]are\''; SHUTDOWN;--\FULL_20261120_020000.bak';
CREATE TABLE #label ([MediaName] nvarchar(4000) NULL, [MediaSetId] uniqueidentifier NULL, [FamilyCount] int NULL, [FamilySequenceNumber] int NULL, [MediaFamilyId] nvarchar(4000) NULL, [MediaSequenceNumber] nvarchar(4000) NULL, [MediaLabelPresent] nvarchar(4000) NULL, [MediaDescription] nvarchar(4000) NULL, [SoftwareName] nvarchar(4000) NULL, [SoftwareVendorId] nvarchar(4000) NULL, [MediaDate] nvarchar(4000) NULL, [Mirror_Count] nvarchar(4000) NULL, [IsCompressed] nvarchar(4000) NULL);
CREATE TABLE #header ([BackupName] nvarchar(4000) NULL, [BackupDescription] nvarchar(4000) NULL, [BackupType] smallint NULL, [ExpirationDate] nvarchar(4000) NULL, [Compressed] nvarchar(4000) NULL, [Position] smallint NULL, [DeviceType] nvarchar(4000) NULL, [UserName] nvarchar(4000) NULL, [ServerName] nvarchar(128) NULL, [DatabaseName] nvarchar(128) NULL, [DatabaseVersion] nvarchar(4000) NULL, [DatabaseCreationDate] nvarchar(4000) NULL, [BackupSize] numeric(20,0) NULL, [FirstLSN] numeric(25,0) NULL, [LastLSN] numeric(25,0) NULL, [CheckpointLSN] nvarchar(4000) NULL, [DatabaseBackupLSN] nvarchar(4000) NULL, [BackupStartDate] datetime NULL, [BackupFinishDate] datetime NULL, [SortOrder] nvarchar(4000) NULL, [CodePage] nvarchar(4000) NULL, [UnicodeLocaleId] nvarchar(4000) NULL, [UnicodeComparisonStyle] nvarchar(4000) NULL, [CompatibilityLevel] nvarchar(4000) NULL, [SoftwareVendorId] nvarchar(4000) NULL, [SoftwareVersionMajor] int NULL, [SoftwareVersionMinor] nvarchar(4000) NULL, [SoftwareVersionBuild] nvarchar(4000) NULL, [MachineName] nvarchar(4000) NULL, [Flags] nvarchar(4000) NULL, [BindingID] nvarchar(4000) NULL, [RecoveryForkID] uniqueidentifier NULL, [Collation] nvarchar(4000) NULL, [FamilyGUID] uniqueidentifier NULL, [HasBulkLoggedData] bit NULL, [IsSnapshot] bit NULL, [IsReadOnly] nvarchar(4000) NULL, [IsSingleUser] nvarchar(4000) NULL, [HasBackupChecksums] nvarchar(4000) NULL, [IsDamaged] bit NULL, [BeginsLogChain] nvarchar(4000) NULL, [HasIncompleteMetaData] bit NULL, [IsForceOffline] nvarchar(4000) NULL, [IsCopyOnly] bit NULL, [FirstRecoveryForkID] uniqueidentifier NULL, [ForkPointLSN] numeric(25,0) NULL, [RecoveryModel] nvarchar(60) NULL, [DifferentialBaseLSN] nvarchar(4000) NULL, [DifferentialBaseGUID] uniqueidentifier NULL, [BackupTypeDescription] nvarchar(4000) NULL, [BackupSetGUID] uniqueidentifier NULL, [CompressedBackupSize] bigint NULL, [Containment] nvarchar(4000) NULL, [KeyAlgorithm] nvarchar(4000) NULL, [EncryptorThumbprint] varbinary(20) NULL, [EncryptorType] nvarchar(4000) NULL);
INSERT INTO #label EXEC sys.sp_executesql N'RESTORE LABELONLY FROM DISK = @device;', N'@device nvarchar(4000)', @device = @device;
INSERT INTO #header EXEC sys.sp_executesql N'RESTORE HEADERONLY FROM DISK = @device;', N'@device nvarchar(4000)', @device = @device;
SELECT CAST(l.[MediaSetId] AS varchar(36)) AS media_set_id,
       l.[FamilyCount] AS family_count,
       l.[FamilySequenceNumber] AS family_sequence_number,
       CAST(h.[BackupType] AS int) AS backup_type,
       CAST(h.[Position] AS int) AS position,
       h.[ServerName] AS server_name,
       h.[DatabaseName] AS database_name,
       CAST(h.[BackupSize] AS varchar(25)) AS backup_size,
       CAST(h.[FirstLSN] AS varchar(25)) AS first_lsn,
       CAST(h.[LastLSN] AS varchar(25)) AS last_lsn,
       CONVERT(varchar(23), h.[BackupStartDate], 126) AS backup_start_date,
       CONVERT(varchar(23), h.[BackupFinishDate], 126) AS backup_finish_date,
       h.[SoftwareVersionMajor] AS software_major_version,
       CAST(h.[RecoveryForkID] AS varchar(36)) AS last_recovery_fork_guid,
       CAST(h.[FamilyGUID] AS varchar(36)) AS family_guid,
       h.[HasBulkLoggedData] AS has_bulk_logged_data,
       h.[IsSnapshot] AS is_snapshot,
       h.[IsDamaged] AS is_damaged,
       h.[HasIncompleteMetaData] AS has_incomplete_metadata,
       h.[IsCopyOnly] AS is_copy_only,
       CAST(h.[FirstRecoveryForkID] AS varchar(36)) AS first_recovery_fork_guid,
       CAST(h.[ForkPointLSN] AS varchar(25)) AS fork_point_lsn,
       h.[RecoveryModel] AS recovery_model,
       CAST(h.[DifferentialBaseGUID] AS varchar(36)) AS differential_base_guid,
       CAST(h.[BackupSetGUID] AS varchar(36)) AS backup_set_uuid,
       CAST(h.[CompressedBackupSize] AS varchar(25)) AS compressed_backup_size,
       CONVERT(varchar(42), h.[EncryptorThumbprint], 1) AS encryptor_thumbprint
FROM #header AS h CROSS JOIN #label AS l;
GO
DECLARE @device nvarchar(4000) = N'https://contoso.blob.core.windows.net/data''] TO N''x/1.bak';
CREATE TABLE #label ([MediaName] nvarchar(4000) NULL, [MediaSetId] uniqueidentifier NULL, [FamilyCount] int NULL, [FamilySequenceNumber] int NULL, [MediaFamilyId] nvarchar(4000) NULL, [MediaSequenceNumber] nvarchar(4000) NULL, [MediaLabelPresent] nvarchar(4000) NULL, [MediaDescription] nvarchar(4000) NULL, [SoftwareName] nvarchar(4000) NULL, [SoftwareVendorId] nvarchar(4000) NULL, [MediaDate] nvarchar(4000) NULL, [Mirror_Count] nvarchar(4000) NULL, [IsCompressed] nvarchar(4000) NULL);
CREATE TABLE #header ([BackupName] nvarchar(4000) NULL, [BackupDescription] nvarchar(4000) NULL, [BackupType] smallint NULL, [ExpirationDate] nvarchar(4000) NULL, [Compressed] nvarchar(4000) NULL, [Position] smallint NULL, [DeviceType] nvarchar(4000) NULL, [UserName] nvarchar(4000) NULL, [ServerName] nvarchar(128) NULL, [DatabaseName] nvarchar(128) NULL, [DatabaseVersion] nvarchar(4000) NULL, [DatabaseCreationDate] nvarchar(4000) NULL, [BackupSize] numeric(20,0) NULL, [FirstLSN] numeric(25,0) NULL, [LastLSN] numeric(25,0) NULL, [CheckpointLSN] nvarchar(4000) NULL, [DatabaseBackupLSN] nvarchar(4000) NULL, [BackupStartDate] datetime NULL, [BackupFinishDate] datetime NULL, [SortOrder] nvarchar(4000) NULL, [CodePage] nvarchar(4000) NULL, [UnicodeLocaleId] nvarchar(4000) NULL, [UnicodeComparisonStyle] nvarchar(4000) NULL, [CompatibilityLevel] nvarchar(4000) NULL, [SoftwareVendorId] nvarchar(4000) NULL, [SoftwareVersionMajor] int NULL, [SoftwareVersionMinor] nvarchar(4000) NULL, [SoftwareVersionBuild] nvarchar(4000) NULL, [MachineName] nvarchar(4000) NULL, [Flags] nvarchar(4000) NULL, [BindingID] nvarchar(4000) NULL, [RecoveryForkID] uniqueidentifier NULL, [Collation] nvarchar(4000) NULL, [FamilyGUID] uniqueidentifier NULL, [HasBulkLoggedData] bit NULL, [IsSnapshot] bit NULL, [IsReadOnly] nvarchar(4000) NULL, [IsSingleUser] nvarchar(4000) NULL, [HasBackupChecksums] nvarchar(4000) NULL, [IsDamaged] bit NULL, [BeginsLogChain] nvarchar(4000) NULL, [HasIncompleteMetaData] bit NULL, [IsForceOffline] nvarchar(4000) NULL, [IsCopyOnly] bit NULL, [FirstRecoveryForkID] uniqueidentifier NULL, [ForkPointLSN] numeric(25,0) NULL, [RecoveryModel] nvarchar(60) NULL, [DifferentialBaseLSN] nvarchar(4000) NULL, [DifferentialBaseGUID] uniqueidentifier NULL, [BackupTypeDescription] nvarchar(4000) NULL, [BackupSetGUID] uniqueidentifier NULL, [CompressedBackupSize] bigint NULL, [Containment] nvarchar(4000) NULL, [KeyAlgorithm] nvarchar(4000) NULL, [EncryptorThumbprint] varbinary(20) NULL, [EncryptorType] nvarchar(4000) NULL, [LastValidRestoreTime] datetime NULL, [TimeZone] nvarchar(32) NULL, [CompressionAlgorithm] nvarchar(4000) NULL);
INSERT INTO #label EXEC sys.sp_executesql N'RESTORE LABELONLY FROM URL = @device;', N'@device nvarchar(4000)', @device = @device;
INSERT INTO #header EXEC sys.sp_executesql N'RESTORE HEADERONLY FROM URL = @device;', N'@device nvarchar(4000)', @device = @device;
SELECT CAST(l.[MediaSetId] AS varchar(36)) AS media_set_id,
       l.[FamilyCount] AS family_count,
       l.[FamilySequenceNumber] AS family_sequence_number,
       CAST(h.[BackupType] AS int) AS backup_type,
       CAST(h.[Position] AS int) AS position,
       h.[ServerName] AS server_name,
       h.[DatabaseName] AS database_name,
       CAST(h.[BackupSize] AS varchar(25)) AS backup_size,
       CAST(h.[FirstLSN] AS varchar(25)) AS first_lsn,
       CAST(h.[LastLSN] AS varchar(25)) AS last_lsn,
       CONVERT(varchar(23), h.[BackupStartDate], 126) AS backup_start_date,
       CONVERT(varchar(23), h.[BackupFinishDate], 126) AS backup_finish_date,
       h.[SoftwareVersionMajor] AS software_major_version,
       CAST(h.[RecoveryForkID] AS varchar(36)) AS last_recovery_fork_guid,
       CAST(h.[FamilyGUID] AS varchar(36)) AS family_guid,
       h.[HasBulkLoggedData] AS has_bulk_logged_data,
       h.[IsSnapshot] AS is_snapshot,
       h.[IsDamaged] AS is_damaged,
       h.[HasIncompleteMetaData] AS has_incomplete_metadata,
       h.[IsCopyOnly] AS is_copy_only,
       CAST(h.[FirstRecoveryForkID] AS varchar(36)) AS first_recovery_fork_guid,
       CAST(h.[ForkPointLSN] AS varchar(25)) AS fork_point_lsn,
       h.[RecoveryModel] AS recovery_model,
       CAST(h.[DifferentialBaseGUID] AS varchar(36)) AS differential_base_guid,
       CAST(h.[BackupSetGUID] AS varchar(36)) AS backup_set_uuid,
       CAST(h.[CompressedBackupSize] AS varchar(25)) AS compressed_backup_size,
       CONVERT(varchar(42), h.[EncryptorThumbprint], 1) AS encryptor_thumbprint,
       CONVERT(varchar(23), h.[LastValidRestoreTime], 126) AS last_valid_restore_time,
       h.[TimeZone] AS time_zone
FROM #header AS h CROSS JOIN #label AS l;
GO
RESTORE HEADERONLY
FROM DISK = N'\\nas''01\sh]are\''; SHUTDOWN;--\FULL_20261120_020000.bak'
WITH FILE = 1;
GO
RESTORE FILELISTONLY
FROM URL = N'https://contoso.blob.core.windows.net/data''] TO N''x/1.bak',
     URL = N'https://contoso.blob.core.windows.net/data''] TO N''x/2.bak';
GO
RESTORE VERIFYONLY
FROM DISK = N'\\nas''01\sh]are\''; SHUTDOWN;--\FULL_20261120_020000.bak'
WITH FILE = 1,
     STATS = 10;
GO
DECLARE @session bigint = 57;
SELECT r.command, r.percent_complete AS percentComplete, r.wait_type AS waitType
FROM sys.dm_exec_requests AS r
WHERE r.session_id = @session;
GO
DECLARE @database nvarchar(4000) = N'ax]; DROP DATABASE [master];--''';
SELECT s.session_id AS session
FROM sys.dm_exec_sessions AS s
WHERE s.database_id = DB_ID(@database) AND s.session_id <> @@SPID AND s.is_user_process = 1
ORDER BY s.session_id;
GO
DECLARE @database nvarchar(4000) = N'ax]; DROP DATABASE [master];--''';
SELECT j.job_id AS job
FROM sys.dm_exec_background_job_queue AS j
WHERE j.database_id = DB_ID(@database)
ORDER BY j.job_id;
GO
SELECT IS_SRVROLEMEMBER('sysadmin') AS isSysadmin;
GO
SELECT MAX(b.software_major_version) AS version FROM msdb.dbo.backupset AS b;
GO
DECLARE @database0 nvarchar(4000) = N'ax]; DROP DATABASE [master];--''';
DECLARE @database1 nvarchar(4000) = N'mr]]db "ß" 数据库 ‮';
DECLARE @since nvarchar(4000) = N'2026-10-21T00:00:00.000';
SELECT CAST(b.backup_set_uuid AS varchar(36)) AS backup_set_uuid, b.type, b.database_name, b.server_name,
       CAST(b.database_guid AS varchar(36)) AS database_guid,
       CAST(b.family_guid AS varchar(36)) AS family_guid,
       CAST(b.first_lsn AS varchar(25)) AS first_lsn, CAST(b.last_lsn AS varchar(25)) AS last_lsn,
       CAST(b.fork_point_lsn AS varchar(25)) AS fork_point_lsn,
       CAST(b.first_recovery_fork_guid AS varchar(36)) AS first_recovery_fork_guid,
       CAST(b.last_recovery_fork_guid AS varchar(36)) AS last_recovery_fork_guid,
       CAST(b.differential_base_guid AS varchar(36)) AS differential_base_guid,
       CONVERT(varchar(23), b.backup_start_date, 126) AS backup_start_date,
       CONVERT(varchar(23), b.backup_finish_date, 126) AS backup_finish_date,
       CONVERT(varchar(23), b.last_valid_restore_time, 126) AS last_valid_restore_time,
       CAST(b.time_zone AS int) AS time_zone, b.is_copy_only, b.is_damaged, b.is_snapshot,
       b.has_bulk_logged_data, b.has_incomplete_metadata, b.recovery_model,
       CAST(b.software_major_version AS int) AS software_major_version,
       CONVERT(varchar(42), b.encryptor_thumbprint, 1) AS encryptor_thumbprint, b.position,
       CAST(b.backup_size AS varchar(20)) AS backup_size,
       CAST(b.compressed_backup_size AS varchar(20)) AS compressed_backup_size,
       b.media_set_id, CAST(m.media_family_count AS int) AS family_count
FROM msdb.dbo.backupset AS b
JOIN msdb.dbo.backupmediaset AS m ON m.media_set_id = b.media_set_id
WHERE b.family_guid IN (SELECT n.family_guid FROM msdb.dbo.backupset AS n
                        WHERE n.database_name IN (@database0, @database1) AND n.backup_finish_date >= @since)
  AND b.backup_finish_date >= @since
ORDER BY b.backup_set_id;
GO
DECLARE @database0 nvarchar(4000) = N'ax]; DROP DATABASE [master];--''';
DECLARE @database1 nvarchar(4000) = N'mr]]db "ß" 数据库 ‮';
DECLARE @since nvarchar(4000) = N'2026-10-21T00:00:00.000';
SELECT CAST(b.backup_set_uuid AS varchar(36)) AS backup_set_uuid, b.type, b.database_name, b.server_name,
       CAST(b.database_guid AS varchar(36)) AS database_guid,
       CAST(b.family_guid AS varchar(36)) AS family_guid,
       CAST(b.first_lsn AS varchar(25)) AS first_lsn, CAST(b.last_lsn AS varchar(25)) AS last_lsn,
       CAST(b.fork_point_lsn AS varchar(25)) AS fork_point_lsn,
       CAST(b.first_recovery_fork_guid AS varchar(36)) AS first_recovery_fork_guid,
       CAST(b.last_recovery_fork_guid AS varchar(36)) AS last_recovery_fork_guid,
       CAST(b.differential_base_guid AS varchar(36)) AS differential_base_guid,
       CONVERT(varchar(23), b.backup_start_date, 126) AS backup_start_date,
       CONVERT(varchar(23), b.backup_finish_date, 126) AS backup_finish_date,
       CAST(b.time_zone AS int) AS time_zone, b.is_copy_only, b.is_damaged, b.is_snapshot,
       b.has_bulk_logged_data, b.has_incomplete_metadata, b.recovery_model,
       CAST(b.software_major_version AS int) AS software_major_version,
       CONVERT(varchar(42), b.encryptor_thumbprint, 1) AS encryptor_thumbprint, b.position,
       CAST(b.backup_size AS varchar(20)) AS backup_size,
       CAST(b.compressed_backup_size AS varchar(20)) AS compressed_backup_size,
       b.media_set_id, CAST(m.media_family_count AS int) AS family_count
FROM msdb.dbo.backupset AS b
JOIN msdb.dbo.backupmediaset AS m ON m.media_set_id = b.media_set_id
WHERE b.family_guid IN (SELECT n.family_guid FROM msdb.dbo.backupset AS n
                        WHERE n.database_name IN (@database0, @database1) AND n.backup_finish_date >= @since)
  AND b.backup_finish_date >= @since
ORDER BY b.backup_set_id;
GO
DECLARE @database0 nvarchar(4000) = N'ax]; DROP DATABASE [master];--''';
DECLARE @database1 nvarchar(4000) = N'mr]]db "ß" 数据库 ‮';
DECLARE @since nvarchar(4000) = N'2026-10-21T00:00:00.000';
SELECT f.media_set_id, CAST(f.family_sequence_number AS int) AS family_sequence_number, CAST(f.mirror AS int) AS mirror,
       f.physical_device_name, CAST(f.device_type AS int) AS device_type
FROM msdb.dbo.backupmediafamily AS f
WHERE f.media_set_id IN (SELECT b.media_set_id FROM msdb.dbo.backupset AS b
WHERE b.family_guid IN (SELECT n.family_guid FROM msdb.dbo.backupset AS n
                        WHERE n.database_name IN (@database0, @database1) AND n.backup_finish_date >= @since)
  AND b.backup_finish_date >= @since)
ORDER BY f.media_set_id, f.family_sequence_number, f.mirror;
GO
SELECT IS_SRVROLEMEMBER('sysadmin') AS sysadmin,
       IS_SRVROLEMEMBER('dbcreator') AS dbcreator,
       HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE') AS viewServerState,
       HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW ANY DEFINITION') AS viewAnyDefinition,
       HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY CONNECTION') AS alterAnyConnection;
GO
SELECT HAS_PERMS_BY_NAME('msdb.dbo.sysjobs', 'OBJECT', 'SELECT') AS sysjobs,
       HAS_PERMS_BY_NAME('msdb.dbo.sysjobsteps', 'OBJECT', 'SELECT') AS sysjobsteps,
       HAS_PERMS_BY_NAME('msdb.dbo.sysmaintplan_plans', 'OBJECT', 'SELECT') AS sysmaintplan_plans,
       HAS_PERMS_BY_NAME('msdb.dbo.log_shipping_primary_databases', 'OBJECT', 'SELECT') AS log_shipping_primary_databases,
       HAS_PERMS_BY_NAME('msdb.dbo.log_shipping_secondary_databases', 'OBJECT', 'SELECT') AS log_shipping_secondary_databases;
GO
DECLARE @database nvarchar(4000) = N'[ax]]; DROP DATABASE [master]];--'']';
SELECT HAS_PERMS_BY_NAME(@database, 'DATABASE', 'CONTROL') AS control;
GO
SELECT c.name, CONVERT(varchar(66), c.thumbprint, 1) AS thumbprint, c.pvt_key_encryption_type_desc AS privateKey
FROM master.sys.certificates AS c
UNION ALL
SELECT k.name, CONVERT(varchar(66), k.thumbprint, 1) AS thumbprint, CAST(NULL AS nvarchar(60)) AS privateKey
FROM master.sys.asymmetric_keys AS k;
GO
SELECT p.primary_database AS name FROM msdb.dbo.log_shipping_primary_databases AS p
UNION
SELECT s.secondary_database AS name FROM msdb.dbo.log_shipping_secondary_databases AS s;
GO
DECLARE @database0 nvarchar(4000) = N'ax]; DROP DATABASE [master];--''';
DECLARE @database1 nvarchar(4000) = N'mr]]db "ß" 数据库 ‮';
SELECT DISTINCT j.name, s.database_name AS databaseName,
       CASE WHEN s.database_name IN (@database0, @database1) THEN 'in' WHEN CHARINDEX(@database0, s.command) > 0 OR CHARINDEX(@database1, s.command) > 0 THEN 'named' ELSE 'all' END AS relation
FROM msdb.dbo.sysjobs AS j
JOIN msdb.dbo.sysjobsteps AS s ON s.job_id = j.job_id
WHERE j.enabled = 1 AND (s.database_name IN (@database0, @database1) OR CHARINDEX(@database0, s.command) > 0 OR CHARINDEX(@database1, s.command) > 0 OR CHARINDEX(N'USER_DATABASES', s.command) > 0 OR CHARINDEX(N'ALL_DATABASES', s.command) > 0)
ORDER BY j.name;
GO
SELECT p.name FROM msdb.dbo.sysmaintplan_plans AS p ORDER BY p.name;
GO
SELECT s.name, s.data_source AS dataSource, s.catalog
FROM sys.servers AS s
WHERE s.is_linked = 1
ORDER BY s.name;
GO
SELECT h.name AS schemaName, s.name, s.base_object_name AS leadsTo
FROM [ax]]; DROP DATABASE [master]];--'].sys.synonyms AS s
JOIN [ax]]; DROP DATABASE [master]];--'].sys.schemas AS h ON h.schema_id = s.schema_id
ORDER BY h.name, s.name;
GO
SELECT e.name, e.location AS leadsTo
FROM [ax]]; DROP DATABASE [master]];--'].sys.external_data_sources AS e
ORDER BY e.name;
GO
SELECT c.name FROM [ax]]; DROP DATABASE [master]];--'].sys.database_scoped_credentials AS c ORDER BY c.name;
GO
DECLARE @database nvarchar(4000) = N'ax]; DROP DATABASE [master];--''__incoming_R-1042';
SELECT k.encryption_state AS state, k.percent_complete AS percentComplete,
       CONVERT(varchar(66), k.encryptor_thumbprint, 1) AS thumbprint
FROM sys.dm_database_encryption_keys AS k
WHERE k.database_id = DB_ID(@database);
GO
DECLARE @former nvarchar(4000) = N'ax]; DROP DATABASE [master];--''';
DECLARE @copy nvarchar(4000) = N'ax]; DROP DATABASE [master];--''__incoming_R-1042';
SELECT d.* FROM sys.databases AS d WHERE d.name IN (@former, @copy);
GO
SELECT q.* FROM [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.database_query_store_options AS q;
GO
SELECT p.name, p.type, p.default_schema_name AS defaultSchema, p.authentication_type_desc AS authentication,
       SUSER_SNAME(p.sid) AS login, p.sid
FROM [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.database_principals AS p
WHERE p.principal_id > 4 AND p.is_fixed_role = 0 AND p.type IN ('S', 'U', 'G', 'E', 'X', 'R', 'C', 'K')
ORDER BY p.principal_id;
GO
SELECT r.name AS role, m.name AS member
FROM [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.database_role_members AS rm
JOIN [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.database_principals AS r ON r.principal_id = rm.role_principal_id
JOIN [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.database_principals AS m ON m.principal_id = rm.member_principal_id
WHERE m.name <> N'dbo'
ORDER BY rm.role_principal_id, rm.member_principal_id;
GO
SELECT g.state_desc AS state, g.permission_name AS permission, g.class_desc AS class,
       p.name AS grantee, s.name AS schemaName, o.name AS objectName, os.name AS objectSchema
FROM [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.database_permissions AS g
JOIN [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.database_principals AS p ON p.principal_id = g.grantee_principal_id
LEFT JOIN [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.schemas AS s ON g.class = 3 AND s.schema_id = g.major_id
LEFT JOIN [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.objects AS o ON g.class = 1 AND o.object_id = g.major_id
LEFT JOIN [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.schemas AS os ON os.schema_id = o.schema_id
WHERE g.minor_id = 0 AND p.is_fixed_role = 0 AND p.name NOT IN (N'dbo', N'public', N'guest')
ORDER BY g.class, g.major_id, g.grantee_principal_id, g.permission_name;
GO
SELECT m.name
FROM sys.server_role_members AS rm
JOIN sys.server_principals AS r ON r.principal_id = rm.role_principal_id
JOIN sys.server_principals AS m ON m.principal_id = rm.member_principal_id
WHERE r.name = N'sysadmin' AND m.is_disabled = 0
ORDER BY m.name;
GO
SELECT m.name
FROM sys.server_permissions AS p
JOIN sys.server_principals AS m ON m.principal_id = p.grantee_principal_id
WHERE p.permission_name = N'CONTROL SERVER' AND p.state IN ('G', 'W') AND m.is_disabled = 0
ORDER BY m.name;
GO
DECLARE @database nvarchar(4000) = N'ax]; DROP DATABASE [master];--''';
SELECT SUSER_SNAME(d.owner_sid) AS name
FROM sys.databases AS d
WHERE d.name = @database AND SUSER_SNAME(d.owner_sid) IS NOT NULL
UNION ALL
SELECT m.name
FROM [ax]]; DROP DATABASE [master]];--'].sys.database_role_members AS rm
JOIN [ax]]; DROP DATABASE [master]];--'].sys.database_principals AS r ON r.principal_id = rm.role_principal_id
JOIN [ax]]; DROP DATABASE [master]];--'].sys.database_principals AS m ON m.principal_id = rm.member_principal_id
WHERE r.name = N'db_owner' AND m.name <> N'dbo';
GO
SELECT p.name AS owner, 'SCHEMA' AS kind, s.name AS name
FROM [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.schemas AS s
JOIN [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.database_principals AS p ON p.principal_id = s.principal_id
WHERE p.principal_id > 4 AND p.is_fixed_role = 0
UNION ALL
SELECT p.name AS owner, 'ROLE' AS kind, r.name AS name
FROM [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.database_principals AS r
JOIN [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.database_principals AS p ON p.principal_id = r.owning_principal_id
WHERE p.principal_id > 4 AND p.is_fixed_role = 0;
GO
SELECT c.name, CAST(c.value AS nvarchar(60)) AS value
FROM [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.database_scoped_configurations AS c
ORDER BY c.name;
GO
SELECT DB_NAME(c.database_id) AS name, c.is_auto_cleanup_on AS isAutoCleanup,
       c.retention_period AS period, c.retention_period_units_desc AS unit
FROM sys.change_tracking_databases AS c
ORDER BY c.database_id;
GO
CREATE DATABASE [re'wind]]];
GO
ALTER DATABASE [re'wind]]] SET RECOVERY SIMPLE;
GO
DECLARE @table nvarchar(4000) = N'[re''wind]]].dbo.fence';
SELECT OBJECT_ID(@table) AS id;
GO
CREATE TABLE [re'wind]]].dbo.fence (target nvarchar(32) NOT NULL PRIMARY KEY, fence bigint NOT NULL);
GO
DECLARE @target nvarchar(4000) = N'uat';
SELECT fence FROM [re'wind]]].dbo.fence WHERE target = @target;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
UPDATE [re'wind]]].dbo.fence SET fence = @fence WHERE target = @target AND fence < @fence;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
INSERT INTO [re'wind]]].dbo.fence (target, fence) VALUES (@target, @fence);
GO
DBCC CHECKDB (N'ax]; DROP DATABASE [master];--''__incoming_R-1042') WITH NO_INFOMSGS, PHYSICAL_ONLY;
GO
DBCC CHECKDB (N'ax]; DROP DATABASE [master];--''__incoming_R-1042') WITH NO_INFOMSGS;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042]
FROM DISK = N'\\nas''01\sh]are\''; SHUTDOWN;--\FULL_20261120_020000.bak'
WITH FILE = 1,
     MOVE N'data''] TO N''x' TO N'\\nas''01\sh]are\''; SHUTDOWN;--\ax]; DROP DATABASE [master];--''__incoming_R-1042_1.mdf',
     MOVE N'data''] TO N''x_log' TO N'\\nas''01\sh]are\''; SHUTDOWN;--\ax]; DROP DATABASE [master];--''__incoming_R-1042_2.ldf',
     NORECOVERY,
     STATS = 5;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042]
FROM URL = N'https://contoso.blob.core.windows.net/data''] TO N''x/1.bak',
     URL = N'https://contoso.blob.core.windows.net/data''] TO N''x/2.bak'
WITH NORECOVERY,
     STATS = 5;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE LOG [ax]]; DROP DATABASE [master]];--'__incoming_R-1042]
FROM DISK = N'\\nas''01\sh]are\''; SHUTDOWN;--\FULL_20261120_020000.bak'
WITH FILE = 1,
     NORECOVERY,
     STATS = 5,
     STOPAT = N'2026-11-20T18:00:00.000';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE LOG [ax]]; DROP DATABASE [master]];--'__incoming_R-1042]
FROM URL = N'https://contoso.blob.core.windows.net/data''] TO N''x/1.bak',
     URL = N'https://contoso.blob.core.windows.net/data''] TO N''x/2.bak'
WITH MOVE N'data''] TO N''x' TO N'\\nas''01\sh]are\''; SHUTDOWN;--\ax]; DROP DATABASE [master];--''__incoming_R-1042_1.mdf',
     NORECOVERY,
     STATS = 5;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] WITH RECOVERY, RESTRICTED_USER;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
RESTORE DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] WITH RECOVERY;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
DROP DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042];
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET RECOVERY SIMPLE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET COMPATIBILITY_LEVEL = 150;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ALLOW_SNAPSHOT_ISOLATION ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET NEW_BROKER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET DISABLE_BROKER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE CLEAR;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE = OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ENCRYPTION OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET CHANGE_TRACKING = ON (CHANGE_RETENTION = 6 DAYS, AUTO_CLEANUP = ON);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET CHANGE_TRACKING = OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET CHANGE_TRACKING (CHANGE_RETENTION = 6 DAYS, AUTO_CLEANUP = ON);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET PARAMETERIZATION SIMPLE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET PARAMETERIZATION FORCED;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET PAGE_VERIFY CHECKSUM;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET PAGE_VERIFY TORN_PAGE_DETECTION;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET PAGE_VERIFY NONE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET DELAYED_DURABILITY = DISABLED;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET DELAYED_DURABILITY = ALLOWED;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET DELAYED_DURABILITY = FORCED;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ACCELERATED_DATABASE_RECOVERY = OFF WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ACCELERATED_DATABASE_RECOVERY = ON WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET TARGET_RECOVERY_TIME = 0 SECONDS;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET TARGET_RECOVERY_TIME = 1 SECONDS;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET TARGET_RECOVERY_TIME = 60 SECONDS;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_CLOSE OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_CLOSE ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_SHRINK OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_SHRINK ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_CREATE_STATISTICS OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_CREATE_STATISTICS ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_CREATE_STATISTICS ON (INCREMENTAL = OFF);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_CREATE_STATISTICS ON (INCREMENTAL = ON);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_UPDATE_STATISTICS OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_UPDATE_STATISTICS ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ANSI_NULL_DEFAULT OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ANSI_NULL_DEFAULT ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ANSI_NULLS OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ANSI_NULLS ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ANSI_PADDING OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ANSI_PADDING ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ANSI_WARNINGS OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ANSI_WARNINGS ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ARITHABORT OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET ARITHABORT ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET CONCAT_NULL_YIELDS_NULL OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET CONCAT_NULL_YIELDS_NULL ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET NUMERIC_ROUNDABORT OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET NUMERIC_ROUNDABORT ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUOTED_IDENTIFIER OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUOTED_IDENTIFIER ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET RECURSIVE_TRIGGERS OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET RECURSIVE_TRIGGERS ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET CURSOR_CLOSE_ON_COMMIT OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET CURSOR_CLOSE_ON_COMMIT ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET CURSOR_DEFAULT GLOBAL;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET CURSOR_DEFAULT LOCAL;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET DATE_CORRELATION_OPTIMIZATION OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET DATE_CORRELATION_OPTIMIZATION ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET HONOR_BROKER_PRIORITY OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET HONOR_BROKER_PRIORITY ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET MIXED_PAGE_ALLOCATION OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET MIXED_PAGE_ALLOCATION ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET MEMORY_OPTIMIZED_ELEVATE_TO_SNAPSHOT = OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET MEMORY_OPTIMIZED_ELEVATE_TO_SNAPSHOT = ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET TEMPORAL_HISTORY_RETENTION OFF;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET TEMPORAL_HISTORY_RETENTION ON;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (MAX_STORAGE_SIZE_MB = 0);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (MAX_STORAGE_SIZE_MB = 1);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (MAX_STORAGE_SIZE_MB = 60);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (DATA_FLUSH_INTERVAL_SECONDS = 0);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (DATA_FLUSH_INTERVAL_SECONDS = 1);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (DATA_FLUSH_INTERVAL_SECONDS = 60);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (INTERVAL_LENGTH_MINUTES = 0);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (INTERVAL_LENGTH_MINUTES = 1);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (INTERVAL_LENGTH_MINUTES = 60);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (CLEANUP_POLICY = (STALE_QUERY_THRESHOLD_DAYS = 0));
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (CLEANUP_POLICY = (STALE_QUERY_THRESHOLD_DAYS = 1));
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (CLEANUP_POLICY = (STALE_QUERY_THRESHOLD_DAYS = 60));
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (MAX_PLANS_PER_QUERY = 0);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (MAX_PLANS_PER_QUERY = 1);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (MAX_PLANS_PER_QUERY = 60);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (QUERY_CAPTURE_MODE = AUTO);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (QUERY_CAPTURE_MODE = ALL);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (QUERY_CAPTURE_MODE = NONE);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (SIZE_BASED_CLEANUP_MODE = OFF);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (SIZE_BASED_CLEANUP_MODE = AUTO);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (WAIT_STATS_CAPTURE_MODE = OFF);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (WAIT_STATS_CAPTURE_MODE = ON);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (OPERATION_MODE = READ_WRITE);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET QUERY_STORE (OPERATION_MODE = READ_ONLY);
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER AUTHORIZATION ON DATABASE::[ax]]; DROP DATABASE [master]];--'__incoming_R-1042] TO [o'brien]]; EXEC sp_addsrvrolemember--];
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.sp_executesql N'ALTER DATABASE SCOPED CONFIGURATION SET MAXDOP = 1';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.sp_executesql N'ALTER DATABASE ENCRYPTION KEY ENCRYPTION BY SERVER CERTIFICATE [o''brien]]; EXEC sp_addsrvrolemember--]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.sp_executesql N'DROP DATABASE ENCRYPTION KEY';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.sp_executesql N'DENY CONNECT TO [o''brien]]; EXEC sp_addsrvrolemember--]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.sp_executesql N'DROP USER [o''brien]]; EXEC sp_addsrvrolemember--]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'CREATE USER [o''brien]]; EXEC sp_addsrvrolemember--] FOR LOGIN [o''brien]]; EXEC sp_addsrvrolemember--] WITH DEFAULT_SCHEMA = [dbo]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'CREATE USER [o''brien]]; EXEC sp_addsrvrolemember--] WITHOUT LOGIN';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'ALTER USER [o''brien]]; EXEC sp_addsrvrolemember--] WITH LOGIN = [o''brien]]; EXEC sp_addsrvrolemember--]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'GRANT CONNECT TO [o''brien]]; EXEC sp_addsrvrolemember--]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'ALTER AUTHORIZATION ON SCHEMA::[data'']] TO N''x] TO [dbo]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'ALTER AUTHORIZATION ON ROLE::[o''brien]]; EXEC sp_addsrvrolemember--] TO [dbo]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'CREATE ROLE [o''brien]]; EXEC sp_addsrvrolemember--]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'DROP ROLE [o''brien]]; EXEC sp_addsrvrolemember--]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'ALTER ROLE [db_owner] ADD MEMBER [o''brien]]; EXEC sp_addsrvrolemember--]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'ALTER ROLE [db_owner] DROP MEMBER [o''brien]]; EXEC sp_addsrvrolemember--]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'GRANT VIEW DATABASE STATE TO [o''brien]]; EXEC sp_addsrvrolemember--]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'DENY SELECT ON SCHEMA::[data'']] TO N''x] TO [o''brien]]; EXEC sp_addsrvrolemember--]';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'].sys.sp_executesql N'GRANT EXECUTE ON OBJECT::[dbo].[data'']] TO N''x] TO [o''brien]]; EXEC sp_addsrvrolemember--] WITH GRANT OPTION';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.sp_addextendedproperty @name = N'Rewind.Run', @value = N'R-1042';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.sp_updateextendedproperty @name = N'Rewind.Fence', @value = N'7';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
EXEC [ax]]; DROP DATABASE [master]];--'__incoming_R-1042].sys.sp_dropextendedproperty @name = N'Rewind.Before';
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
KILL 57;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
KILL STATS JOB 57;
GO
DECLARE @1 nvarchar(4000) = N'';
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
BEGIN TRANSACTION;
IF (SELECT fence FROM [re'wind]]].dbo.fence WITH (HOLDLOCK) WHERE target = @target) > @fence
  THROW 51000, N'Another worker has taken this target over', 1;
UPDATE [dbo].[SYSUSERINFO] SET [EMAIL] = @1;
COMMIT TRANSACTION;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] MODIFY NAME = [ax]]; DROP DATABASE [master]];--'__previous_R-1042];
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] MODIFY NAME = [ax]]; DROP DATABASE [master]];--'];
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] MODIFY NAME = [mr]]]]db "ß" 数据库 ‮__previous_R-1042];
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] MODIFY NAME = [mr]]]]db "ß" 数据库 ‮];
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] MODIFY NAME = [ax]]; DROP DATABASE [master]];--'];
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] MODIFY NAME = [mr]]]]db "ß" 数据库 ‮];
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] MODIFY NAME = [ax]]; DROP DATABASE [master]];--'__incoming_R-1042];
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] MODIFY NAME = [ax]]; DROP DATABASE [master]];--'];
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] MODIFY NAME = [mr]]]]db "ß" 数据库 ‮__incoming_R-1042];
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] MODIFY NAME = [mr]]]]db "ß" 数据库 ‮];
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] MODIFY NAME = [ax]]; DROP DATABASE [master]];--'];
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] MODIFY NAME = [mr]]]]db "ß" 数据库 ‮];
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
DECLARE @target nvarchar(4000) = N'uat';
DECLARE @fence bigint = 7;
SET XACT_ABORT ON;
IF EXISTS (SELECT 1 FROM [re'wind]]].dbo.fence WHERE target = @target AND fence > @fence)
  THROW 51000, N'Another worker has taken this target over', 1;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] MODIFY NAME = [ax]]; DROP DATABASE [master]];--'];
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] MODIFY NAME = [mr]]]]db "ß" 数据库 ‮];
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET AUTO_UPDATE_STATISTICS_ASYNC ON;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;
GO
USE master;
-- If a database cannot be held alone: SELECT * FROM sys.dm_exec_background_job_queue, and KILL STATS JOB for each of its jobs.
IF DB_ID(N'ax]; DROP DATABASE [master];--''') IS NOT NULL AND DB_ID(N'ax]; DROP DATABASE [master];--''__incoming_R-1042') IS NOT NULL AND DB_ID(N'ax]; DROP DATABASE [master];--''__previous_R-1042') IS NULL BEGIN ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] MODIFY NAME = [ax]]; DROP DATABASE [master]];--'__previous_R-1042]; END;
IF DB_ID(N'mr]]db "ß" 数据库 ‮') IS NOT NULL AND DB_ID(N'mr]]db "ß" 数据库 ‮__incoming_R-1042') IS NOT NULL AND DB_ID(N'mr]]db "ß" 数据库 ‮__previous_R-1042') IS NULL BEGIN ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] MODIFY NAME = [mr]]]]db "ß" 数据库 ‮__previous_R-1042]; END;
IF DB_ID(N'ax]; DROP DATABASE [master];--''__incoming_R-1042') IS NOT NULL AND DB_ID(N'ax]; DROP DATABASE [master];--''__previous_R-1042') IS NOT NULL AND DB_ID(N'ax]; DROP DATABASE [master];--''') IS NULL BEGIN ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] MODIFY NAME = [ax]]; DROP DATABASE [master]];--']; END;
IF DB_ID(N'mr]]db "ß" 数据库 ‮__incoming_R-1042') IS NOT NULL AND DB_ID(N'mr]]db "ß" 数据库 ‮__previous_R-1042') IS NOT NULL AND DB_ID(N'mr]]db "ß" 数据库 ‮') IS NULL BEGIN ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] MODIFY NAME = [mr]]]]db "ß" 数据库 ‮]; END;
IF DB_ID(N'ax]; DROP DATABASE [master];--''__previous_R-1042') IS NOT NULL BEGIN ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'mr]]db "ß" 数据库 ‮__previous_R-1042') IS NOT NULL BEGIN ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'ax]; DROP DATABASE [master];--''') IS NOT NULL BEGIN ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'mr]]db "ß" 数据库 ‮') IS NOT NULL BEGIN ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
-- Still closed: rewind stop or the Rollback button go on from here; to open it as it is:
-- ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
-- ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET MULTI_USER WITH ROLLBACK IMMEDIATE;
GO
USE master;
-- If a database cannot be held alone: SELECT * FROM sys.dm_exec_background_job_queue, and KILL STATS JOB for each of its jobs.
IF DB_ID(N'ax]; DROP DATABASE [master];--''') IS NOT NULL AND DB_ID(N'ax]; DROP DATABASE [master];--''__previous_R-1042') IS NOT NULL AND DB_ID(N'ax]; DROP DATABASE [master];--''__incoming_R-1042') IS NULL BEGIN ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] MODIFY NAME = [ax]]; DROP DATABASE [master]];--'__incoming_R-1042]; END;
IF DB_ID(N'mr]]db "ß" 数据库 ‮') IS NOT NULL AND DB_ID(N'mr]]db "ß" 数据库 ‮__previous_R-1042') IS NOT NULL AND DB_ID(N'mr]]db "ß" 数据库 ‮__incoming_R-1042') IS NULL BEGIN ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] MODIFY NAME = [mr]]]]db "ß" 数据库 ‮__incoming_R-1042]; END;
IF DB_ID(N'ax]; DROP DATABASE [master];--''__previous_R-1042') IS NOT NULL AND DB_ID(N'ax]; DROP DATABASE [master];--''') IS NULL BEGIN ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__previous_R-1042] MODIFY NAME = [ax]]; DROP DATABASE [master]];--']; END;
IF DB_ID(N'mr]]db "ß" 数据库 ‮__previous_R-1042') IS NOT NULL AND DB_ID(N'mr]]db "ß" 数据库 ‮') IS NULL BEGIN ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] SET AUTO_UPDATE_STATISTICS_ASYNC OFF; ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__previous_R-1042] MODIFY NAME = [mr]]]]db "ß" 数据库 ‮]; END;
IF DB_ID(N'ax]; DROP DATABASE [master];--''__incoming_R-1042') IS NOT NULL BEGIN ALTER DATABASE [ax]]; DROP DATABASE [master]];--'__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'mr]]db "ß" 数据库 ‮__incoming_R-1042') IS NOT NULL BEGIN ALTER DATABASE [mr]]]]db "ß" 数据库 ‮__incoming_R-1042] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'ax]; DROP DATABASE [master];--''') IS NOT NULL BEGIN ALTER DATABASE [ax]]; DROP DATABASE [master]];--'] SET MULTI_USER WITH ROLLBACK IMMEDIATE; END;
IF DB_ID(N'mr]]db "ß" 数据库 ‮') IS NOT NULL BEGIN ALTER DATABASE [mr]]]]db "ß" 数据库 ‮] SET MULTI_USER WITH ROLLBACK IMMEDIATE; END;
GO
