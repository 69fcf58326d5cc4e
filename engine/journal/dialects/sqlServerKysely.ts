import {
  MssqlAdapter,
  MssqlDialect,
  MssqlDriver,
  MssqlIntrospector,
  type Kysely,
  type MssqlDialectConfig,
  type TableMetadata,
} from 'kysely';
import * as tarn from 'tarn';
import type { Connection, ConnectionConfiguration } from 'tedious';
import { loadTedious } from '../../databases/sqlServer/drivers.ts';
import { keepLoginNumber } from '../../databases/sqlServer/login/refusal.ts';
import { JOURNAL_BOUNDS, type JournalBounds } from './dialect.ts';
import { isOutage, numbersOf } from './sqlServerErrors.ts';
import { releaseApplicationLock, takeApplicationLock } from './sqlServerLocks.ts';

/** Kysely's dialect, changed where it would hide an error, ask for more rights than it needs, or read more than it needs. */
export class SqlServerDialect extends MssqlDialect {
  readonly #config: MssqlDialectConfig;

  constructor(settings: ConnectionConfiguration, { connectMs }: Pick<JournalBounds, 'connectMs'> = JOURNAL_BOUNDS) {
    const tedious = loadTedious();
    const config: MssqlDialectConfig = {
      tarn: {
        Pool: tarn.Pool,
        options: { min: 0, max: 10, acquireTimeoutMillis: 1.5 * connectMs, propagateCreateError: true },
      },
      tedious: { ...tedious, connectionFactory: () => listenTo(new tedious.Connection(settings)) },
    };
    super(config);
    this.#config = config;
  }

  override createDriver() {
    return new JournalDriver(this.#config);
  }

  override createAdapter() {
    return new JournalAdapter();
  }

  override createIntrospector(db: Kysely<Catalogue>) {
    return new TableNames(db);
  }
}

function listenTo(connection: Connection): Connection {
  nameTransactions(connection);
  keepLoginNumber(connection);
  // Whoever waits for an answer is told of a connection that breaks, and one that lies idle is looked at before its next
  // use; Kysely's own listener would write every loss to the console as well.
  connection.once('connect', () => connection.removeAllListeners('error').on('error', () => {}));
  return connection;
}

/**
 * A name has to be an identifier. Kysely makes one of eight letters or digits, every sixth of which begins with a digit;
 * tedious sends it as it is.
 */
function nameTransactions(connection: Connection): void {
  const begin = connection.beginTransaction.bind(connection);
  connection.beginTransaction = (callback, name, isolationLevel) =>
    begin(callback, name === undefined || name === '' ? name : `t${name}`, isolationLevel);
}

const NOTHING_TO_ROLL_BACK = 3903;

class JournalDriver extends MssqlDriver {
  /** The server has rolled a deadlock's victim back already, and a broken connection's too: that must not hide why. */
  override async rollbackTransaction(...operands: Parameters<MssqlDriver['rollbackTransaction']>): Promise<void> {
    try {
      await super.rollbackTransaction(...operands);
    } catch (error) {
      if (!numbersOf(error).includes(NOTHING_TO_ROLL_BACK) && !isOutage(error)) throw error;
    }
  }
}

const MIGRATION = 'rewind journal: migration';

/** Kysely's own locks in the name of dbo, which only an owner of the database may, and takes a refusal for a lock. */
class JournalAdapter extends MssqlAdapter {
  override async acquireMigrationLock(db: Kysely<unknown>): Promise<void> {
    await takeApplicationLock(db, MIGRATION, 'Session');
  }

  override async releaseMigrationLock(db: Kysely<unknown>): Promise<void> {
    await releaseApplicationLock(db, MIGRATION);
  }
}

interface Catalogue {
  readonly 'INFORMATION_SCHEMA.TABLES': { readonly TABLE_SCHEMA: string; readonly TABLE_NAME: string };
}

/** The migrator asks which tables there are; Kysely's own reads all their columns as well, of a database that may be shared. */
class TableNames extends MssqlIntrospector {
  readonly #db: Kysely<Catalogue>;

  constructor(db: Kysely<Catalogue>) {
    super(db);
    this.#db = db;
  }

  override async getTables(): Promise<TableMetadata[]> {
    const rows = await this.#db
      .selectFrom('INFORMATION_SCHEMA.TABLES')
      .select(['TABLE_SCHEMA as schema', 'TABLE_NAME as name'])
      .execute();
    return rows.map((row) => ({ ...row, isView: false, isForeign: false, columns: [] }));
  }
}
