import type { Kysely } from 'kysely';
import { TerminalError } from '../errors.ts';
import type { JournalTables } from './sql/tables.ts';

/**
 * What processes have to agree about to share a journal: raised by a migration that changes what a record means, so that a
 * process of before it does not go on writing.
 */
export const PROTOCOL = 5;

/** Bot, workers and `rewind` are not of one version. */
export class OtherVersionError extends TerminalError {
  override readonly code = 'other-version';

  constructor(why: string) {
    super(`The journal ${why}, so this process does not change it`, {
      remedy: 'Let the bot, all workers and rewind be of the same version, and start this process again.',
    });
  }
}

/** @throws OtherVersionError when a process of another version has migrated the journal since this one began */
export async function refuseOtherVersion(db: Kysely<JournalTables>): Promise<void> {
  const row = await db.selectFrom('journal_state').select('value').where('name', '=', 'protocol').executeTakeFirst();
  if (row?.value === PROTOCOL) return;
  throw new OtherVersionError(`speaks version ${String(row?.value ?? 1)} and this process version ${String(PROTOCOL)}`);
}
