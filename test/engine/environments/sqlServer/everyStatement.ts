import { handbook } from '../../../../engine/environments/sqlServer/swap/handbook.ts';
import { namesOf } from '../../../../engine/environments/sqlServer/names.ts';
import {
  repairTable,
  type Shape,
  type SwapAction,
} from '../../../../engine/environments/sqlServer/swap/repairTable.ts';
import * as access from '../../../../engine/environments/sqlServer/statements/access.ts';
import * as history from '../../../../engine/environments/sqlServer/statements/backupHistory.ts';
import * as backupHeaders from '../../../../engine/environments/sqlServer/statements/backupHeaders.ts';
import * as backupMedia from '../../../../engine/environments/sqlServer/statements/backupMedia.ts';
import { checkDatabase } from '../../../../engine/environments/sqlServer/statements/checkDatabase.ts';
import * as encryption from '../../../../engine/environments/sqlServer/statements/encryption.ts';
import * as fence from '../../../../engine/environments/sqlServer/statements/fence.ts';
import * as files from '../../../../engine/environments/sqlServer/statements/files.ts';
import { guarded, guardedTransaction } from '../../../../engine/environments/sqlServer/statements/guarded.ts';
import * as keptOptions from '../../../../engine/environments/sqlServer/statements/keptOptions.ts';
import * as marks from '../../../../engine/environments/sqlServer/statements/marks.ts';
import * as neighbours from '../../../../engine/environments/sqlServer/statements/neighbours.ts';
import * as obstacles from '../../../../engine/environments/sqlServer/statements/obstacles.ts';
import * as options from '../../../../engine/environments/sqlServer/statements/options.ts';
import * as permissions from '../../../../engine/environments/sqlServer/statements/permissions.ts';
import * as reachers from '../../../../engine/environments/sqlServer/statements/reachers.ts';
import * as principals from '../../../../engine/environments/sqlServer/statements/principals.ts';
import { readDatabases } from '../../../../engine/environments/sqlServer/statements/readDatabases.ts';
import { readProgress } from '../../../../engine/environments/sqlServer/statements/readProgress.ts';
import { readServer } from '../../../../engine/databases/sqlServer/readServer.ts';
import * as restore from '../../../../engine/environments/sqlServer/statements/restore.ts';
import type { Media } from '../../../../engine/environments/sqlServer/statements/restore.ts';
import * as scoped from '../../../../engine/environments/sqlServer/statements/scopedConfiguration.ts';
import * as sessions from '../../../../engine/environments/sqlServer/statements/sessions.ts';
import * as statisticsJobs from '../../../../engine/environments/sqlServer/statements/statisticsJobs.ts';
import type { Statement } from '../../../../engine/databases/sqlServer/statement.ts';
import { swapStatements } from '../../../../engine/environments/sqlServer/statements/swap.ts';
import { headerColumns, labelColumns, newHeaderColumns } from '../../../sqlServer/restore/headers.ts';
import { aSandbox } from '../builders.ts';

export interface Naming {
  readonly application: string;
  readonly financialReporting: string;
  readonly control: string;
  readonly user: string;
  readonly folder: string;
  readonly logicalName: string;
}

export const realistic: Naming = {
  application: 'AxDB',
  financialReporting: 'ManagementReporter',
  control: 'Rewind',
  user: 'CONTOSO\\svc-aos',
  folder: 'S:\\Backup\\PROD-SQL$AXDB',
  logicalName: 'AXDBBuild_Data',
};

export const hostile: Naming = {
  application: "ax]; DROP DATABASE [master];--'",
  financialReporting: 'mr]]db "ß" 数据库 \u202e',
  control: "re'wind]",
  user: "o'brien]; EXEC sp_addsrvrolemember--",
  folder: "\\\\nas'01\\sh]are\\'; SHUTDOWN;--",
  logicalName: "data'] TO N'x",
};

/** The columns that each version gives. */
const [label, header] = [Object.keys(labelColumns), Object.keys(headerColumns)];
const shapes = {
  sqlServer2016: { label, header },
  sqlServer2022: { label, header: [...header, ...Object.keys(newHeaderColumns)] },
};

function firstOf({ devices: [first] }: Media): Media['devices'][number] {
  if (first === undefined) throw new TypeError('media without a device');
  return first;
}

/** Each option that is carried over, with every value that its column can have. */
const keptOptionTexts = (): readonly string[] =>
  [...Object.values(keptOptions.DATABASE_OPTIONS), ...Object.values(keptOptions.QUERY_STORE_OPTIONS)].flatMap((of) => [
    ...new Set(
      [
        ...[
          '0',
          '1',
          '60',
          'OFF',
          'ON',
          'AUTO',
          'ALL',
          'CHECKSUM',
          'TORN_PAGE_DETECTION',
          'NONE',
          'DISABLED',
          'ALLOWED',
        ],
        ...['FORCED', 'READ_WRITE', 'READ_ONLY'],
      ].flatMap((value) => of(value) ?? []),
    ),
  ]);

/** Every statement that the engine can send, in the shape in which it is sent. */
export function everyStatement(naming: Naming): readonly Statement[] {
  const { application, financialReporting, control, user, folder, logicalName } = naming;
  const runId = 'R-1042';
  const all = [application, financialReporting].map((name) => namesOf(name, runId));
  const { incoming } = namesOf(application, runId);
  const guard = { controlDatabase: control, target: 'uat', fence: 7 };
  const full = { devices: [{ kind: 'disk', name: `${folder}\\FULL_20261120_020000.bak` } as const], position: 1 };
  const striped = {
    devices: [1, 2].map(
      (n) => ({ kind: 'url', name: `https://contoso.blob.core.windows.net/${logicalName}/${String(n)}.bak` }) as const,
    ),
    position: 1,
  };
  const move = { logicalName, physicalName: `${folder}\\${incoming}_1.mdf` };
  const moveLog = { logicalName: `${logicalName}_log`, physicalName: `${folder}\\${incoming}_2.ldf` };
  const swaps = (Object.keys(repairTable) as SwapAction[]).flatMap((action) =>
    (Object.keys(repairTable[action]) as Shape[]).flatMap((shape) => {
      const renames = repairTable[action][shape];
      if ('refusal' in renames || renames.length === 0) return [];
      const after =
        action === 'swap'
          ? ({ target: { access: 'RESTRICTED_USER' }, previous: { access: 'RESTRICTED_USER' } } as const)
          : ({
              target: { access: 'MULTI_USER', isStatisticsAsync: true },
              incoming: { access: 'RESTRICTED_USER' },
            } as const);
      return [guarded(guard, swapStatements(all.map((names) => ({ names, renames, after }))))];
    }),
  );
  const changes: readonly string[] = [
    restore.restoreDatabase(incoming, full, [move, moveLog]),
    restore.restoreDatabase(incoming, striped, []),
    restore.restoreLog(incoming, full, [], '2026-11-20T18:00:00.000'),
    restore.restoreLog(incoming, striped, [move], null),
    restore.recoverDatabase(incoming),
    restore.recoverUnrestricted(incoming),
    access.setAccess(incoming, 'RESTRICTED_USER'),
    access.setAccess(application, 'MULTI_USER'),
    access.setStatisticsAsync(application, true),
    access.dropDatabase(incoming),
    ...(
      [
        { kind: 'recovery', model: 'SIMPLE' },
        { kind: 'compatibility', level: 150 },
        { kind: 'read-committed-snapshot', isOn: true },
        { kind: 'snapshot-isolation', isOn: true },
        { kind: 'new-broker' },
        { kind: 'no-broker' },
        { kind: 'clear-query-store' },
        { kind: 'query-store', isOn: false },
        { kind: 'decrypt' },
        { kind: 'change-tracking', retention: { period: 6, unit: 'DAYS', isAutoCleanup: true } },
        { kind: 'change-tracking', retention: null },
        { kind: 'change-retention', retention: { period: 6, unit: 'DAYS', isAutoCleanup: true } },
      ] satisfies options.DatabaseOption[]
    ).map((option) => options.setOption(incoming, option)),
    ...keptOptionTexts().map((text) => keptOptions.keepOption(incoming, text)),
    options.setOwner(incoming, user),
    scoped.setScopedConfiguration(incoming, 'MAXDOP', '1'),
    encryption.reencryptKey(incoming, user),
    encryption.dropKey(incoming),
    principals.denyConnect(incoming, user),
    principals.dropUser(incoming, user),
    principals.createUser(application, { name: user, login: user, defaultSchema: 'dbo' }),
    principals.createUser(application, { name: user, login: null, defaultSchema: null }),
    principals.adoptUser(application, user, user),
    principals.grantConnect(application, user),
    principals.giveToOwner(application, { kind: 'SCHEMA', name: logicalName }),
    principals.giveToOwner(application, { kind: 'ROLE', name: user }),
    principals.createRole(application, user),
    principals.dropRole(application, user),
    principals.addMember(application, 'db_owner', user),
    principals.dropMember(application, 'db_owner', user),
    principals.grant(application, {
      state: 'GRANT',
      permission: 'VIEW DATABASE STATE',
      grantee: user,
      on: { kind: 'database' },
    }),
    principals.grant(application, {
      state: 'DENY',
      permission: 'SELECT',
      grantee: user,
      on: { kind: 'schema', name: logicalName },
    }),
    principals.grant(application, {
      state: 'GRANT_WITH_GRANT_OPTION',
      permission: 'EXECUTE',
      grantee: user,
      on: { kind: 'object', schema: 'dbo', name: logicalName },
    }),
    marks.addMark(incoming, 'Rewind.Run', runId),
    marks.updateMark(incoming, 'Rewind.Fence', '7'),
    marks.dropMark(incoming, 'Rewind.Before'),
    sessions.killSession(57),
    statisticsJobs.killStatisticsJob(57),
  ];
  const { finish, undo } = handbook(aSandbox({ databases: { application, financialReporting } }), runId);
  return [
    readServer(),
    readDatabases(),
    marks.readMarks(application),
    files.readFiles(application),
    files.readVolumes(),
    files.findFile(full.devices[0]?.name ?? ''),
    files.listFolder(folder),
    files.listLevel(folder),
    ...(['LABELONLY', 'HEADERONLY'] as const).map((what) => backupHeaders.readColumns(what, firstOf(full))),
    backupHeaders.readBackupFile(firstOf(full), shapes.sqlServer2016),
    backupHeaders.readBackupFile(firstOf(striped), shapes.sqlServer2022),
    backupMedia.readHeader(full),
    backupMedia.readFileList(striped),
    backupMedia.verifyBackup(full),
    readProgress(57),
    sessions.readSessionsIn(application),
    statisticsJobs.readStatisticsJobs(application),
    history.readSourceRole(),
    history.readHistoryVersion(),
    history.readBackupSets([application, financialReporting], '2026-10-21T00:00:00.000', true),
    history.readBackupSets([application, financialReporting], '2026-10-21T00:00:00.000', false),
    history.readBackupFamilies([application, financialReporting], '2026-10-21T00:00:00.000'),
    permissions.readPermissions(),
    permissions.readMsdbPermissions(),
    permissions.readDatabasePermissions(application),
    obstacles.readCertificates(),
    obstacles.readLogShipping(),
    neighbours.readJobs([application, financialReporting]),
    neighbours.readMaintenancePlans(),
    neighbours.readLinkedServers(),
    neighbours.readSynonyms(application),
    neighbours.readExternalDataSources(application),
    neighbours.readScopedCredentials(application),
    encryption.readEncryption(incoming),
    keptOptions.readOptions(application, incoming),
    keptOptions.readQueryStore(incoming),
    principals.readPrincipals(incoming),
    principals.readMemberships(incoming),
    principals.readGrants(incoming),
    principals.readSysadmins(),
    reachers.readControllers(),
    reachers.readOwners(application),
    principals.readOwned(incoming),
    scoped.readScopedConfiguration(incoming),
    scoped.readChangeTracking(),
    fence.createControlDatabase(control),
    fence.useSimpleRecovery(control),
    fence.findFenceTable({ controlDatabase: control }),
    fence.createFenceTable({ controlDatabase: control }),
    fence.readFence(guard),
    fence.raiseFence(guard),
    fence.addFence(guard),
    checkDatabase(incoming, 'physical'),
    checkDatabase(incoming, 'full'),
    ...changes.map((change) => guarded(guard, [change])),
    guardedTransaction(guard, [{ text: 'UPDATE [dbo].[SYSUSERINFO] SET [EMAIL] = @1', parameters: { '1': '' } }]),
    ...swaps,
    { text: finish.join('\n') },
    { text: undo.join('\n') },
  ];
}
