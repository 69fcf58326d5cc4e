import { sql, type Kysely } from 'kysely';
import { OtherVersionError } from '../protocol.ts';
import { Migrator, type Migration } from 'kysely/migration';
import { chatReaderTable } from './migrations/chatReaderTable.ts';
import { exceptionProtocol } from './migrations/exceptionProtocol.ts';
import { freezeTable } from './migrations/freezeTable.ts';
import { profileTable, profileTimes } from './migrations/profileTable.ts';
import { messageTable } from './migrations/messageTable.ts';
import { reachTables } from './migrations/reachTables.ts';
import { reportTable } from './migrations/reportTable.ts';
import { reservationTable } from './migrations/reservationTable.ts';
import { manyRuns } from './migrations/runColumns.ts';
import { scheduleProtocol, scheduleRecords } from './migrations/scheduleRecords.ts';
import { scheduleTables } from './migrations/scheduleTables.ts';
import { webhookTables } from './migrations/webhookTables.ts';
import { welcomeTable } from './migrations/welcomeTable.ts';
import type { ColumnTypes, JournalTables } from './tables.ts';

/**
 * Brings the schema up to date. Several processes may do so at once: Kysely's migrator holds a lock of the database server
 * (PostgreSQL: advisory, SQL Server: application lock) meanwhile.
 */
export async function migrateSchema(db: Kysely<JournalTables>, types: ColumnTypes): Promise<void> {
  const { error } = await migratorOf(db, types).migrateToLatest();
  // Kysely says which migration it does not know, and not that a newer version of Rewind has made it.
  if (/previously executed migration \S+ is missing/.test(String(error)))
    throw new OtherVersionError('has been brought up to date by a newer Rewind');
  if (error)
    throw error instanceof Error
      ? error
      : new Error('The journal’s schema was not brought up to date', { cause: error });
}

/** Looks, changes nothing: what this version needs and the database lacks, and what only a newer version knows. */
export async function compareMigrations(
  db: Kysely<JournalTables>,
  types: ColumnTypes,
): Promise<{ readonly pending: readonly string[]; readonly unknown: readonly string[] }> {
  const known = await migratorOf(db, types).getMigrations();
  const names = new Set(known.map(({ name }) => name));
  const pending = known.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
  if (pending.length === known.length) return { pending, unknown: [] };
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(MIGRATIONS)} order by name`.execute(db);
  return { pending, unknown: rows.map(({ name }) => name).filter((name) => !names.has(name)) };
}

const MIGRATIONS = 'journal_migration';

const migratorOf = (db: Kysely<JournalTables>, types: ColumnTypes): Migrator =>
  new Migrator({
    db,
    provider: { getMigrations: async () => migrations(types) },
    migrationTableName: MIGRATIONS,
    migrationLockTableName: 'journal_migration_lock',
  });

/** Numbered; a published one is never changed, only followed by another. */
function migrations({ name, text }: ColumnTypes): Record<string, Migration> {
  return {
    '0001-five-tables': {
      async up(db) {
        await db.schema
          .createTable('run')
          .addColumn('run_id', name, (column) => column.primaryKey().notNull())
          .addColumn('number', 'integer', (column) => column.notNull().unique())
          .addColumn('target', name, (column) => column.notNull())
          .addColumn('state', name, (column) => column.notNull())
          .addColumn('version', 'integer', (column) => column.notNull())
          .addColumn('document', text, (column) => column.notNull())
          .addColumn('expires_at', name)
          .execute();
        await db.schema.createIndex('run_by_target').on('run').columns(['target', 'number']).execute();
        await db.schema.createIndex('run_by_state').on('run').columns(['state', 'number']).execute();
        await db.schema
          .createTable('record')
          .addColumn('run_id', name, (column) => column.notNull().references('run.run_id'))
          .addColumn('seq', 'integer', (column) => column.notNull())
          .addColumn('at', name, (column) => column.notNull())
          .addColumn('actor_id', text, (column) => column.notNull())
          .addColumn('actor_name', text, (column) => column.notNull())
          .addColumn('actor_tenant', text, (column) => column.notNull())
          .addColumn('event', name, (column) => column.notNull())
          .addColumn('data', text, (column) => column.notNull())
          .addColumn('previous_hash', name, (column) => column.notNull())
          .addColumn('hash', name, (column) => column.notNull())
          .addPrimaryKeyConstraint('record_key', ['run_id', 'seq'])
          .execute();
        await db.schema
          .createTable('target')
          .addColumn('name', name, (column) => column.primaryKey().notNull())
          .addColumn('held_by', name)
          .addColumn('fence', 'integer', (column) => column.notNull())
          .addColumn('lease_worker', text)
          .addColumn('lease_until', 'bigint')
          .addColumn('generation', 'integer', (column) => column.notNull())
          .addColumn('survey', text)
          .execute();
        await db.schema
          .createTable('card')
          .addColumn('run_id', name, (column) => column.notNull().references('run.run_id'))
          .addColumn('kind', name, (column) => column.notNull())
          .addColumn('address', text, (column) => column.notNull())
          .addColumn('shown_seq', 'integer', (column) => column.notNull())
          .addPrimaryKeyConstraint('card_key', ['run_id', 'kind'])
          .execute();
        await db.schema
          .createTable('log')
          .addColumn('run_id', name, (column) => column.notNull().references('run.run_id'))
          .addColumn('seq', 'integer', (column) => column.notNull())
          .addColumn('at', name, (column) => column.notNull())
          .addColumn('step', name, (column) => column.notNull())
          .addColumn('text', text, (column) => column.notNull())
          .addPrimaryKeyConstraint('log_key', ['run_id', 'seq'])
          .execute();
      },
    },
    '0002-cards-of-gone-chats': {
      async up(db) {
        await db.schema.alterTable('card').addColumn('gone_at', name).execute();
      },
    },
    '0003-evidence': {
      async up(db) {
        await db.schema.alterTable('record').addColumn('evidence', text).execute();
        await db.schema.alterTable('record').addColumn('protocol', 'integer').execute();
        await sql`update record set protocol = 1`.execute(db);
        // A process of before this column is refused by the database itself, in words that reach its log.
        await db.schema
          .alterTable('record')
          .addCheckConstraint('written_by_a_rewind_too_old_for_this_journal', sql`protocol is not null`)
          .execute();
        await db.schema.alterTable('log').addColumn('previous_hash', name).execute();
        await db.schema
          .createTable('kept_head')
          .addColumn('run_id', name, (column) => column.notNull().references('run.run_id'))
          .addColumn('state', name, (column) => column.notNull())
          .addColumn('ended_at', name, (column) => column.notNull())
          .addPrimaryKeyConstraint('kept_head_key', ['run_id', 'state', 'ended_at'])
          .execute();
        await db.schema
          .createTable('journal_state')
          .addColumn('name', name, (column) => column.primaryKey().notNull())
          .addColumn('value', 'integer', (column) => column.notNull())
          .execute();
        await sql`insert into journal_state (name, value) values ('protocol', 2)`.execute(db);
        await sql`insert into journal_state (name, value) select 'run-number', coalesce(max(number), 0) from run`.execute(
          db,
        );
      },
    },
    '0004-what-is-asked-of-many-runs': manyRuns({ name, text }),
    '0005-messages': messageTable({ name, text }),
    '0006-reaching-people': reachTables({ name, text }),
    '0007-freezes': freezeTable({ name, text }),
    '0008-webhooks': webhookTables({ name, text }),
    '0009-first-words': welcomeTable({ name, text }),
    '0010-reports': reportTable({ name, text }),
    '0011-chat-readers': chatReaderTable({ name, text }),
    '0012-reservations': reservationTable({ name, text }),
    '0013-exceptions': exceptionProtocol,
    '0014-profiles': profileTable({ name, text }),
    '0015-schedules': scheduleTables({ name, text }),
    '0016-lists-from-the-end': profileTimes,
    '0017-schedule-records': scheduleRecords({ name, text }),
    '0018-schedule-protocol': scheduleProtocol,
  };
}
