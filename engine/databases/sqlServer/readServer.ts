import type { Statement } from './statement.ts';

/**
 * Who answers, as what, and how late it is there: UTC and the server's own wall time.
 * `noCount` is what the server's `user options` make of NOCOUNT, which no driver sets by itself ("@@OPTIONS").
 */
export const readServer = (): Statement => ({
  text: [
    "SELECT CAST(SERVERPROPERTY('ServerName') AS nvarchar(128)) AS serverName,",
    "       CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS productVersion,",
    "       CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,",
    "       CAST(SERVERPROPERTY('EngineEdition') AS int) AS engineEdition,",
    "       CAST(SERVERPROPERTY('Collation') AS nvarchar(128)) AS collation,",
    "       CAST(SERVERPROPERTY('FilestreamEffectiveLevel') AS int) AS filestreamLevel,",
    "       CAST(SERVERPROPERTY('InstanceDefaultDataPath') AS nvarchar(260)) AS dataFolder,",
    "       CAST(SERVERPROPERTY('InstanceDefaultLogPath') AS nvarchar(260)) AS logFolder,",
    '       CONVERT(varchar(23), SYSUTCDATETIME(), 126) AS utcTime,',
    '       CONVERT(varchar(23), SYSDATETIME(), 126) AS localTime,',
    '       SUSER_SNAME() AS login,',
    "       IS_SRVROLEMEMBER('sysadmin') AS isSysadmin,",
    '       @@SPID AS session,',
    '       @@OPTIONS & 512 AS noCount;',
  ].join('\n'),
});
