import type { Clock } from '../../clock.ts';
import { RetryableError } from '../../errors.ts';
import type { AuditSource } from '../audit/material.ts';
import type { JournalBounds } from '../dialects/dialect.ts';
import { openDatabase } from '../dialects/openDatabase.ts';
import { JournalNotMigratedError } from '../errors.ts';
import type { Journal } from '../journal.ts';
import type { WebhookOutbox } from '../webhooks.ts';
import { migrateSchema } from './schema.ts';
import { createAccess } from '../access.ts';
import { OtherVersionError } from '../protocol.ts';
import { sqlAudit } from './sqlAudit.ts';
import { sqlFreezes } from './sqlFreezes.ts';
import { sqlHeads } from './sqlHeads.ts';
import { sqlChores } from './sqlChores.ts';
import { sqlLog } from './sqlLog.ts';
import { sqlMessages } from './sqlMessages.ts';
import { sqlReach } from './sqlReach.ts';
import { sqlProfiles, sqlReports } from './sqlBesideRuns.ts';
import { sqlReservations } from './sqlReservations.ts';
import { sqlRuns } from './sqlRuns.ts';
import { sqlSchedules } from './schedules/sqlSchedules.ts';
import { sqlTargets } from './sqlTargets.ts';
import { sqlWebhooks } from './sqlWebhooks.ts';

export interface JournalSettings {
  /** `postgres://user:password@host:port/database` or `mssql://user:password@host:port/database` */
  readonly url: string;
  /** The database's own time decides; only a test hands in another. */
  readonly clock?: Clock;
  /** Shorter ones are for tests. */
  readonly bounds?: JournalBounds;
}

/** With what is read past the runs themselves. */
export type SqlJournal = Journal & { readonly audit: AuditSource; readonly webhooks: WebhookOutbox };

/** Opens the journal; nothing is connected before its first use. */
export function openJournal({ url, clock, bounds }: JournalSettings): SqlJournal {
  const database = openDatabase(url, bounds);
  const access = createAccess(database, clock);
  return {
    migrate: () =>
      access
        .reported(() => migrateSchema(database.db, database.dialect.types))
        .catch((error: unknown) => {
          throw error instanceof RetryableError || error instanceof OtherVersionError
            ? error
            : new JournalNotMigratedError(error);
        }),
    ...sqlRuns(access),
    ...sqlChores(access),
    ...sqlTargets(access),
    ...sqlMessages(access),
    ...sqlReach(access),
    ...sqlFreezes(access),
    ...sqlReservations(access),
    ...sqlReports(access),
    ...sqlProfiles(access),
    ...sqlSchedules(access),
    ...sqlLog(access),
    ...sqlHeads(access),
    audit: sqlAudit(access),
    webhooks: sqlWebhooks(access),
    [Symbol.asyncDispose]: () => database.db.destroy(),
  };
}
