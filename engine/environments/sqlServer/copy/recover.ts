import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { isServerError } from '../../../databases/sqlServer/faults.ts';
import type { ActContext } from '../../provider.ts';
import { change, guardOf } from '../fence.ts';
import { setAccess } from '../statements/access.ts';
import { recoverDatabase, recoverUnrestricted } from '../statements/restore.ts';

/**
 * Ends the restore with the doors closed. The grammar has RESTRICTED_USER there, and a server that does not take it without
 * a backup recovers without: the same batch shuts the door, ends whoever slipped in, and leaves the session's next statement,
 * which denies and drops production's users, nobody to meet.
 */
export async function recoverCopy(session: Connection, context: ActContext, copy: string): Promise<void> {
  const options = { doing: `recovering ${copy}`, signal: context.signal };
  const guard = guardOf(context);
  context.log(`${copy}: recovers, open to the service only`);
  try {
    return await change(session, guard, [recoverDatabase(copy)], options);
  } catch (error) {
    if (!isServerError(error, 'statement-refused')) throw error;
    context.log(
      `${copy}: the server takes no RESTRICTED_USER there (SQL Server error ${String(error.number)}); it is recovered and closed in one batch`,
    );
  }
  await change(session, guard, [recoverUnrestricted(copy), setAccess(copy, 'RESTRICTED_USER')], options);
}
