import type { Instant } from '../contracts.ts';
import { openDatabase } from './dialects/openDatabase.ts';
import { compareMigrations } from './sql/schema.ts';
import { createAccess } from './access.ts';

export interface JournalInspection {
  /** Who logs in, and how, where there is a choice: never a secret. */
  readonly authentication: string | undefined;
  /** The database's own clock, which decides about leases. */
  readonly now: Instant;
  /** Migrations that the tables lack; all of them in an empty database. */
  readonly pending: readonly string[];
  /** Migrations of a newer version: this one refuses to write. */
  readonly unknown: readonly string[];
}

/**
 * Looks at a journal without changing it, for whoever wants to know whether processes could start on it.
 * @throws JournalUnavailableError
 */
export async function inspectJournal(url: string): Promise<JournalInspection> {
  const database = openDatabase(url);
  const access = createAccess(database);
  try {
    return {
      ...(await access.read((db) => compareMigrations(db, database.dialect.types))),
      now: await access.read((db) => access.now(db)),
      authentication: database.authentication,
    };
  } finally {
    await database.db.destroy();
  }
}
