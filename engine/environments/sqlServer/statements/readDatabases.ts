import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** Every database of the server: its state, who may enter, and the options that a refresh has to preserve. */
export const readDatabases = (): Statement => ({
  text: [
    'SELECT d.name,',
    '       d.database_id AS id,',
    '       d.state_desc AS state,',
    '       d.user_access_desc AS userAccess,',
    '       SUSER_SNAME(d.owner_sid) AS owner,',
    '       d.collation_name AS collation,',
    '       d.recovery_model_desc AS recoveryModel,',
    '       d.compatibility_level AS compatibilityLevel,',
    '       d.is_read_committed_snapshot_on AS isReadCommittedSnapshot,',
    '       d.snapshot_isolation_state_desc AS snapshotIsolation,',
    '       d.is_auto_update_stats_async_on AS isStatisticsAsync,',
    '       d.is_broker_enabled AS isBrokerEnabled,',
    '       d.is_query_store_on AS isQueryStoreOn,',
    '       d.is_encrypted AS isEncrypted,',
    '       d.is_cdc_enabled AS isCdcEnabled,',
    '       d.is_published AS isPublished,',
    '       d.is_merge_published AS isMergePublished,',
    '       d.is_subscribed AS isSubscribed,',
    '       d.is_distributor AS isDistributor,',
    '       d.source_database_id AS snapshotOf,',
    '       d.replica_id AS replicaId,',
    '       CAST(r.family_guid AS varchar(36)) AS familyGuid,',
    '       CAST(r.database_guid AS varchar(36)) AS databaseGuid,',
    '       CAST(r.recovery_fork_guid AS varchar(36)) AS recoveryForkGuid',
    'FROM sys.databases AS d',
    'LEFT JOIN sys.database_recovery_status AS r ON r.database_id = d.database_id',
    'ORDER BY d.database_id;',
  ].join('\n'),
});
