import { sql, type Kysely } from 'kysely';
import { isOutage, numbersOf } from './sqlServerErrors.ts';

/** Raised by this file's own statement, from the numbers that an application may use. */
export const LOCK_REFUSED = 51_222;

/** Others hold it for milliseconds, or seconds during a migration. */
const PATIENCE_MS = 20_000;

/** Waits for a lock that only Rewind's journals know. sp_getapplock says no by its return status, which raises nothing by itself. */
export async function takeApplicationLock<Tables>(
  db: Kysely<Tables>,
  resource: string,
  owner: 'Session' | 'Transaction',
  patienceMs = PATIENCE_MS,
): Promise<void> {
  await sql`
    declare @status int;
    exec @status = sp_getapplock @Resource = ${resource}, @LockMode = 'Exclusive', @LockOwner = ${owner}, @LockTimeout = ${patienceMs};
    if @status < 0 throw ${sql.lit(LOCK_REFUSED)}, 'another session holds the application lock', 1;`.execute(db);
}

const NOT_HELD = 1223;

/** Of a session. One that is not held is as good as given back: the migrator also lets go of what it was refused. */
export async function releaseApplicationLock<Tables>(db: Kysely<Tables>, resource: string): Promise<void> {
  try {
    await sql`exec sp_releaseapplock @Resource = ${resource}, @LockOwner = 'Session'`.execute(db);
  } catch (error) {
    if (!numbersOf(error).includes(NOT_HELD) && !isOutage(error)) throw error;
  }
}
