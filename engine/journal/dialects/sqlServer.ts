import { Kysely, sql } from 'kysely';
import { noConnectionOf } from '../../databases/noConnection.ts';
import { refusalOf } from '../../databases/sqlServer/login/refusal.ts';
import type { Dialect, JournalBounds, OpenDatabase } from './dialect.ts';
import { journalAddress } from './sqlServerAddress.ts';
import { isOutage, numbersOf } from './sqlServerErrors.ts';
import { SqlServerDialect } from './sqlServerKysely.ts';
import { LOCK_REFUSED, takeApplicationLock } from './sqlServerLocks.ts';

export function openSqlServer(url: string, bounds: JournalBounds): OpenDatabase {
  const { settings, address } = journalAddress(url, bounds);
  return {
    db: new Kysely({ dialect: new SqlServerDialect(settings, bounds) }),
    authentication: address.authentication,
    dialect: { ...sqlServer, refusalOf: (error) => refusalOf(error, address) ?? noConnectionOf(error, address.title) },
  };
}

const DEADLOCK = 1205;
/** Of a unique index, of a constraint. */
const DUPLICATE_KEYS = [2601, 2627];

const sqlServer: Omit<Dialect, 'refusalOf'> = {
  types: {
    // nvarchar like the driver's parameters, or every key would be converted and none sought; binary so that two names
    // are the same here exactly when they are on PostgreSQL.
    name: sql`nvarchar(64) collate Latin1_General_100_BIN2`,
    text: sql`nvarchar(max)`,
  },
  nowMs: sql`datediff_big(millisecond, '19700101', sysutcdatetime())`,
  lockNumbers: (change) => takeApplicationLock(change, 'rewind journal: run numbers', 'Transaction'),
  isConflict: (error) =>
    numbersOf(error).some((number) => [DEADLOCK, LOCK_REFUSED, ...DUPLICATE_KEYS].includes(number)),
  isDeadlock: (error) => numbersOf(error).includes(DEADLOCK),
  isOutage,
};
