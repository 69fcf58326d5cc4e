import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { isServerError } from '../../../databases/sqlServer/faults.ts';
import type { Act } from '../act.ts';
import { setAccess } from '../statements/access.ts';
import { recoverDatabase, recoverUnrestricted } from '../statements/restore.ts';

/**
 * Ends the restore with the doors closed. The grammar has RESTRICTED_USER there, and a server that does not take it without
 * a backup recovers without: the same batch shuts the door, ends whoever slipped in, and leaves the session's next statement,
 * which denies and drops production's users, nobody to meet.
 */
export async function recoverCopy(act: Act, session: Connection, copy: string): Promise<void> {
  const options = { doing: `recovering ${copy}`, on: session };
  act.log(`${copy}: recovers, open to the service only`);
  try {
    return await act.change([recoverDatabase(copy)], options);
  } catch (error) {
    if (!isServerError(error, 'statement-refused')) throw error;
    act.log(
      `${copy}: the server takes no RESTRICTED_USER there (SQL Server error ${String(error.number)}); it is recovered and closed in one batch`,
    );
  }
  await act.change([recoverUnrestricted(copy), setAccess(copy, 'RESTRICTED_USER')], options);
}
