import { encryptionOf } from '../state/encryption.ts';
import { toLocal } from '../state/serverTime.ts';
import { databaseFlags } from './databaseFlags.ts';
import { flag, type View } from './view.ts';

const stateNumbers: Readonly<Record<string, number>> = {
  ONLINE: 0,
  RESTORING: 1,
  RECOVERY_PENDING: 3,
  SUSPECT: 4,
  OFFLINE: 6,
};
const accessNumbers = { MULTI_USER: 0, SINGLE_USER: 1, RESTRICTED_USER: 2 } as const;
const modelNumbers = { FULL: 1, BULK_LOGGED: 2, SIMPLE: 3 } as const;
const typeNumbers = { ROWS: 0, LOG: 1, FILESTREAM: 2 } as const;
const encryptionNumbers = { NONE: 0, UNENCRYPTED: 1, ENCRYPTED: 3, DECRYPTION_IN_PROGRESS: 5 } as const;
const pageVerifyNumbers: Readonly<Record<string, number>> = { NONE: 0, TORN_PAGE_DETECTION: 1, CHECKSUM: 2 };

export const serverViews: readonly View[] = [
  {
    name: 'sys.databases',
    columns: {
      name: 'sysname',
      database_id: 'int',
      source_database_id: 'int',
      owner_sid: 'varbinary(85)',
      create_date: 'datetime',
      compatibility_level: 'tinyint',
      collation_name: 'sysname',
      user_access: 'tinyint',
      user_access_desc: 'nvarchar(60)',
      state: 'tinyint',
      state_desc: 'nvarchar(60)',
      snapshot_isolation_state: 'tinyint',
      snapshot_isolation_state_desc: 'nvarchar(60)',
      recovery_model: 'tinyint',
      recovery_model_desc: 'nvarchar(60)',
      page_verify_option: 'tinyint',
      page_verify_option_desc: 'nvarchar(60)',
      service_broker_guid: 'uniqueidentifier',
      log_reuse_wait_desc: 'nvarchar(60)',
      replica_id: 'uniqueidentifier',
      group_database_id: 'uniqueidentifier',
      target_recovery_time_in_seconds: 'int',
      delayed_durability_desc: 'nvarchar(60)',
      containment: 'tinyint',
      containment_desc: 'nvarchar(60)',
      ...Object.fromEntries(Object.keys(databaseFlags).map((name) => [name, 'bit'])),
    },
    rows: ({ server }) =>
      server.databases.map((database) => ({
        name: database.name,
        database_id: database.id,
        source_database_id: null,
        owner_sid: Buffer.from(server.logins.find(({ name }) => name === database.owner)?.sid ?? '01', 'hex'),
        create_date: toLocal(server, database.createdAt),
        compatibility_level: database.options.compatibilityLevel,
        collation_name: database.state === 'ONLINE' ? database.options.collation : null,
        user_access: accessNumbers[database.userAccess],
        user_access_desc: database.userAccess,
        state: stateNumbers[database.state] ?? 0,
        state_desc: database.state,
        snapshot_isolation_state: database.options.flags['allow_snapshot_isolation'] ?? 0,
        snapshot_isolation_state_desc: database.options.flags['allow_snapshot_isolation'] === 1 ? 'ON' : 'OFF',
        recovery_model: modelNumbers[database.options.recoveryModel],
        recovery_model_desc: database.options.recoveryModel,
        page_verify_option: pageVerifyNumbers[database.options.pageVerify] ?? 2,
        page_verify_option_desc: database.options.pageVerify,
        service_broker_guid: database.options.brokerGuid,
        log_reuse_wait_desc: 'NOTHING',
        replica_id: null,
        group_database_id: null,
        target_recovery_time_in_seconds: database.options.recoverySeconds ?? 60,
        delayed_durability_desc: database.options.delayedDurability ?? 'DISABLED',
        containment: 0,
        containment_desc: 'NONE',
        ...Object.fromEntries(Object.keys(databaseFlags).map((name) => [name, database.options.flags[name] ?? 0])),
        is_encrypted: flag(encryptionOf(database).state === 'ENCRYPTED'),
      })),
  },
  {
    name: 'sys.master_files',
    columns: {
      database_id: 'int',
      file_id: 'int',
      file_guid: 'uniqueidentifier',
      type: 'tinyint',
      type_desc: 'nvarchar(60)',
      data_space_id: 'int',
      name: 'sysname',
      physical_name: 'nvarchar(260)',
      state: 'tinyint',
      state_desc: 'nvarchar(60)',
      size: 'int',
      max_size: 'int',
      growth: 'int',
      is_percent_growth: 'bit',
    },
    rows: ({ server }) =>
      server.databases.flatMap((database) =>
        database.files.map((file) => ({
          database_id: database.id,
          file_id: file.id,
          file_guid: null,
          type: typeNumbers[file.type],
          type_desc: file.type,
          data_space_id: file.type === 'LOG' ? 0 : 1,
          name: file.logicalName,
          physical_name: file.physicalName,
          state: stateNumbers[database.state] ?? 0,
          state_desc: database.state,
          size: Math.ceil(file.sizeBytes / 8192),
          max_size: -1,
          growth: 8192,
          is_percent_growth: 0,
        })),
      ),
  },
  {
    name: 'sys.database_recovery_status',
    columns: {
      database_id: 'int',
      database_guid: 'uniqueidentifier',
      family_guid: 'uniqueidentifier',
      last_log_backup_lsn: 'numeric(25,0)',
      recovery_fork_guid: 'uniqueidentifier',
      first_recovery_fork_guid: 'uniqueidentifier',
      fork_point_lsn: 'numeric(25,0)',
    },
    rows: ({ server }) =>
      server.databases.map((database) => ({
        database_id: database.id,
        // "NULL = Database is offline, or the database will not start."
        database_guid: database.state === 'OFFLINE' ? null : database.guid,
        family_guid: database.state === 'OFFLINE' ? null : database.familyGuid,
        last_log_backup_lsn: null,
        recovery_fork_guid: database.state === 'OFFLINE' ? null : database.forkGuid,
        first_recovery_fork_guid: null,
        fork_point_lsn: null,
      })),
  },
  {
    name: 'sys.certificates',
    columns: {
      name: 'sysname',
      certificate_id: 'int',
      thumbprint: 'varbinary(32)',
      pvt_key_encryption_type_desc: 'nvarchar(60)',
      subject: 'nvarchar(4000)',
    },
    rows: ({ server, database }) =>
      database.name === 'master'
        ? server.certificates.map(({ name, thumbprint, isWithoutPrivateKey }, index) => ({
            name,
            certificate_id: 256 + index,
            thumbprint: Buffer.from(thumbprint, 'hex'),
            pvt_key_encryption_type_desc: isWithoutPrivateKey ? 'NO_PRIVATE_KEY' : 'ENCRYPTED_BY_MASTER_KEY',
            subject: name,
          }))
        : [],
  },
  {
    name: 'sys.dm_database_encryption_keys',
    columns: {
      database_id: 'int',
      encryption_state: 'int',
      encryption_state_desc: 'nvarchar(32)',
      percent_complete: 'real',
      encryptor_thumbprint: 'varbinary(20)',
      encryptor_type: 'nvarchar(32)',
      key_algorithm: 'nvarchar(32)',
    },
    needs: 'VIEW SERVER STATE',
    rows: ({ server }) =>
      server.databases
        .filter(({ options }) => options.encryptor !== undefined)
        .map((database) => {
          const { state, percent } = encryptionOf(database);
          return {
            database_id: database.id,
            encryption_state: encryptionNumbers[state],
            encryption_state_desc: state,
            percent_complete: percent,
            encryptor_thumbprint: Buffer.from(database.options.encryptor ?? '', 'hex'),
            encryptor_type: 'CERTIFICATE',
            key_algorithm: 'AES',
          };
        }),
  },
  {
    name: 'sys.change_tracking_databases',
    columns: {
      database_id: 'int',
      is_auto_cleanup_on: 'bit',
      retention_period: 'int',
      retention_period_units: 'tinyint',
      retention_period_units_desc: 'nvarchar(60)',
    },
    rows: ({ server }) =>
      server.databases.flatMap(({ id, options: { changeTracking } }) =>
        changeTracking
          ? [
              {
                database_id: id,
                is_auto_cleanup_on: flag(changeTracking.autoCleanup),
                retention_period: changeTracking.retentionDays,
                retention_period_units: 3,
                retention_period_units_desc: 'DAYS',
              },
            ]
          : [],
      ),
  },
];
