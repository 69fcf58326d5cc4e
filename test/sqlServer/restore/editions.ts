import type { ErrorNumber } from '../sql/errorNumbers.ts';
import { sqlErrors } from '../sql/sqlError.ts';
import type { Server } from '../state/model.ts';
import type { Database } from '../state/databaseModel.ts';
import { terminating } from './devices.ts';

type Fault = readonly [ErrorNumber, string];

/**
 * A database with features that the edition of the server lacks is not started. 3167 and 3013 come first, the cause and 933
 * behind them, as SQL Server 2008 was seen to report it (Paul Randal, “Does my database contain Enterprise-only features?”).
 */
export function requireFeatures(server: Server, { name, options }: Database): void {
  const faults = features.filter(({ isUsed, isLacking }) => isUsed(options) && isLacking(server));
  if (faults.length === 0) return;
  throw sqlErrors(
    [3167, `RESTORE could not start database '${name}'.`],
    terminating('RESTORE DATABASE'),
    ...faults.map(({ fault }) => fault(name)),
    [
      933,
      `Database '${name}' cannot be started because some of the database functionality is not available in the current edition of SQL Server.`,
    ],
  );
}

const isEnterprise = ({ edition }: Server) => /^(Enterprise|Developer|Evaluation)/.test(edition);
const isOlderThan =
  (major: number, build = 0) =>
  ({ version }: Server) =>
    version[0] < major || (version[0] === major && version[2] < build);
const since2016Sp1 = (server: Server) => !isEnterprise(server) && isOlderThan(13, 4001)(server);

const features: readonly {
  readonly isUsed: (options: Database['options']) => boolean;
  readonly isLacking: (server: Server) => boolean;
  readonly fault: (name: string) => Fault;
}[] = [
  {
    isUsed: ({ flags }) => flags['has_partition_function'] === 1,
    isLacking: since2016Sp1,
    fault: (name) => [
      905,
      `Database '${name}' cannot be started in this edition of SQL Server because it contains a partition function 'AuditPFN'. Only Enterprise edition of SQL Server supports partitioning.`,
    ],
  },
  {
    isUsed: ({ flags }) => flags['has_compressed_tables'] === 1,
    isLacking: since2016Sp1,
    fault: (name) => [
      909,
      `Database '${name}' cannot be started in this edition of SQL Server because part or all of object 'CUSTTRANS' is enabled with data compression or vardecimal storage format. Data compression and vardecimal storage format are only supported on SQL Server Enterprise Edition.`,
    ],
  },
  {
    isUsed: ({ encryptor }) => encryptor !== undefined,
    isLacking: (server) => !isEnterprise(server) && (isOlderThan(15)(server) || !server.edition.startsWith('Standard')),
    fault: () => [
      33_117,
      'Transparent Data Encryption is not available in the edition of this SQL Server instance. See books online for more details on feature support in different SQL Server editions.',
    ],
  },
];
